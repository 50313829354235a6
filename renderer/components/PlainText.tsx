/** A text as it was written. Long ones come in pieces, of which the browser lays out only what is on screen. */
import { memo, useEffect, useMemo, useState } from 'react';
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
  const [blocks, setBlocks] = useState(1);
  const [wantsRest, setWantsRest] = useState(false);
  const ends = useMemo(() => blockEnds(text, first), [text, first]);
  const isWhole = blocks >= ends.length;
  useEffect(() => {
    if (!wantsRest || isWhole) return undefined;
    const frame = requestAnimationFrame(() => setBlocks(blocks + 1));
    return () => cancelAnimationFrame(frame);
  }, [wantsRest, isWhole, blocks]);
  const left = text.length - (ends[blocks - 1] ?? 0);
  return (
    <div className={isAsWritten ? 'plain-text as-written' : 'plain-text'}>
      {ends.slice(0, blocks).map((to, index) => (
        <TextBlock key={to} text={text} from={ends[index - 1] ?? 0} to={to} />
      ))}
      {!isWhole && (
        <p className="reading-note">
          <button type="button" disabled={wantsRest} onClick={() => setWantsRest(true)}>
            {t('shown.rest', { number: numberText(left) })}
          </button>
        </p>
      )}
    </div>
  );
}

/** Where the parts end that come in one frame each; pieces are not cut by them. */
function blockEnds(text: string, first: number): number[] {
  if (text.length <= first) return [text.length];
  const ends: number[] = [];
  for (let from = 0; from < text.length; ) {
    const wanted = from + (from === 0 ? first : MORE_PER_FRAME);
    const end = piecesOf(text, from, wanted).at(-1)?.to ?? text.length;
    ends.push(end);
    from = end;
  }
  return ends;
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
  return piecesOf(text, from, to).map((piece) => (
    <div key={piece.from} className="text-piece" dir="auto" data-at={piece.from}>
      <MarkedText text={text.slice(piece.from, piece.to)} />
    </div>
  ));
});
