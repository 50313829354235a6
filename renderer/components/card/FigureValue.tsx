import { type Figure, figureId, type PartName } from '../../../shared/card/figures/figure.ts';
import { figureText, intervalText } from '../../../shared/card/figures/figure-text.ts';
import { MEASURES } from '../../../shared/card/figures/measures.ts';
import { useCardActions } from '../../state/card-actions.ts';

/** A figure with its interval. The element holds the value in full; a figure with comparisons behind it opens them. */
export function FigureValue({
  part,
  figure,
  isBrief = false,
}: {
  readonly part: PartName;
  readonly figure: Figure | undefined;
  /** Whether a missing value's reason is left to the explanation. */
  readonly isBrief?: boolean;
}) {
  const { openComparisons } = useCardActions();
  if (figure === undefined) return <span className="quiet">–</span>;
  if (figure.value === null) {
    return isBrief ? (
      <span className="quiet" title={figure.reason ?? ''}>
        –<span className="visually-hidden"> undefined: {figure.reason}</span>
      </span>
    ) : (
      <span className="reason">undefined: {figure.reason}</span>
    );
  }
  const { behind } = figure;
  const value = (
    <data value={String(figure.value)} data-figure={figureId(part, figure)} data-n={figure.n}>
      {figureText(figure)}
    </data>
  );
  const title = `${figure.row}: ${MEASURES[figure.measure].label}`;
  return (
    <span className="figure">
      {behind === null ? (
        value
      ) : (
        <button
          type="button"
          className="figure-button"
          aria-label={`${title}, ${figureText(figure)}. Open the comparisons behind it.`}
          onClick={() => openComparisons(behind, title)}
        >
          {value}
        </button>
      )}
      {figure.interval !== null && (
        <span className="figure-interval" data-low={figure.interval.low} data-high={figure.interval.high}>
          {intervalText(figure)}
        </span>
      )}
      {figure.noInterval !== null && !isBrief && (
        <span className="reason">no interval: {figure.noInterval}</span>
      )}
    </span>
  );
}
