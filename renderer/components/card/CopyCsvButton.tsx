import { useEffect, useState } from 'react';
import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { figuresCsv } from '../../../shared/card/figures/figure-text.ts';
import { copyText } from '../../api/clipboard.ts';

const SHOWN_MS = 2500;

/** Copies figures, in full precision with n, interval, method and seed, for a spreadsheet. */
export function CopyCsvButton({
  parts,
  label = 'Copy as CSV',
}: {
  readonly parts: readonly Pick<CardPart, 'name' | 'figures'>[];
  readonly label?: string;
}) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  useEffect(() => {
    if (state === 'ready') return undefined;
    const timer = setTimeout(() => setState('ready'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <button
      type="button"
      className="copy-button"
      onClick={() => void copyText(figuresCsv(parts)).then((ok) => setState(ok ? 'copied' : 'refused'))}
    >
      <span aria-live="polite">
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'The clipboard refused' : label}
      </span>
    </button>
  );
}
