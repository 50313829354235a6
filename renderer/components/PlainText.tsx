/** A text as it was written. Long ones come in pieces, of which the browser lays out only what is on screen. */
import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberText } from '../language/language.ts';
import { piecesOf } from '../reading/text-pieces.ts';
import { MarkedText } from './MarkedText.tsx';

/** How much of a text is there at first, in UTF-16 code units. */
export const FIRST_SHOWN = 20_000;
/** What is put in with every frame once the rest is asked for. */
const MORE_PER_FRAME = 40_000;

export function PlainText({
  text,
  first = FIRST_SHOWN,
  isAsWritten = false,
}: {
  readonly text: string;
  /** How much is there at first. */
  readonly first?: number;
  /** Stands in for a text that is laid out otherwise. */
  readonly isAsWritten?: boolean;
}) {
  const { t } = useTranslation();
  const [kept, setShown] = useState<Shown>(() => beginText(text, first));
  const shown = kept.text === text ? kept : beginText(text, first);
  if (shown !== kept) setShown(shown);
  const { ends, wantsRest } = shown;
  const end = ends.at(-1) ?? 0;
  const isWhole = end === text.length;
  useEffect(() => {
    if (!wantsRest || isWhole) return undefined;
    const frame = requestAnimationFrame(() =>
      setShown({ text, ends: [...ends, endAfter(text, end, MORE_PER_FRAME)], wantsRest }),
    );
    return () => cancelAnimationFrame(frame);
  }, [text, ends, end, wantsRest, isWhole]);
  return (
    <div className={isAsWritten ? 'plain-text as-written' : 'plain-text'}>
      {ends.map((to, index) => (
        <TextBlock key={to} text={text} from={ends[index - 1] ?? 0} to={to} />
      ))}
      {!isWhole && (
        <p className="reading-note">
          <button
            type="button"
            disabled={wantsRest}
            onClick={() => setShown({ text, ends, wantsRest: true })}
          >
            {t('shown.rest', { number: numberText(text.length - end) })}
          </button>
        </p>
      )}
    </div>
  );
}

interface Shown {
  readonly text: string;
  /** Where the parts end that are there; each came in a frame of its own. */
  readonly ends: readonly number[];
  readonly wantsRest: boolean;
}

function beginText(text: string, first: number): Shown {
  return { text, ends: [endAfter(text, 0, first)], wantsRest: false };
}

/** As many pieces as come at once. */
const MOST_AT_ONCE = 40;

/** The end of the last piece that begins within a length, or of as many pieces as come at once. */
function endAfter(text: string, from: number, length: number): number {
  return (
    piecesOf(text, from, from + length)
      .slice(0, MOST_AT_ONCE)
      .at(-1)?.to ?? text.length
  );
}

const TextBlock = memo(function TextBlock({
  text,
  from,
  to,
}: {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}) {
  return (
    <div className="text-block">
      {piecesOf(text, from, to).map((piece) => (
        <div key={piece.from} className="text-piece" dir="auto" data-at={piece.from}>
          <MarkedText text={text.slice(piece.from, piece.to)} />
        </div>
      ))}
    </div>
  );
});
