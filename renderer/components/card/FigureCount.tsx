import { isWithheld } from '../../../shared/blind/few-pairs.ts';
import type { Figure } from '../../../shared/card/figures/figure.ts';

/** How many a figure counts, and which side of the stable split they are on where it is one of them. */
export function FigureCount({
  figure,
}: {
  readonly figure: Pick<Figure, 'n' | 'split' | 'weighing' | 'reason'>;
}) {
  if (isWithheld(figure)) return '–';
  return (
    <>
      {figure.n.toLocaleString('en')}
      {figure.n > 0 && figure.split !== 'dev + test' && <span className="figure-split"> {figure.split}</span>}
      {figure.weighing === 'unweighed' && <span className="figure-split"> unweighed</span>}
    </>
  );
}
