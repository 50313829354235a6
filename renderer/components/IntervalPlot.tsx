import type { SourceAgreement } from '../../shared/domain/agreement-report.ts';

export interface PlotRow {
  readonly label: string;
  readonly group: 'people' | 'judge';
  readonly figures: SourceAgreement;
}

const WIDTH = 560;
const LABEL_WIDTH = 200;
const ROW_HEIGHT = 30;
const AXIS_HEIGHT = 34;

/** Kappa of every comparison as a dot on its interval by item, on one scale. */
export function IntervalPlot({
  rows,
  ceiling,
}: {
  readonly rows: readonly PlotRow[];
  readonly ceiling: number | null;
}) {
  const ends = rows.flatMap(({ figures }) => [
    ...(figures.kappa.defined ? [figures.kappa.value] : []),
    ...(figures.kappaInterval.defined
      ? [figures.kappaInterval.interval.low, figures.kappaInterval.interval.high]
      : []),
  ]);
  const low = Math.min(0, ...ends.map((end) => Math.floor(end * 5) / 5));
  const x = (value: number) => LABEL_WIDTH + ((value - low) / (1 - low)) * (WIDTH - LABEL_WIDTH - 16);
  const height = rows.length * ROW_HEIGHT + AXIS_HEIGHT;
  const ticks = Array.from(
    { length: Math.round((1 - low) / 0.2) + 1 },
    (_unused, index) => low + index * 0.2,
  );
  return (
    <svg className="plot" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={plotDescription(rows)}>
      {ticks.map((tick) => (
        <g key={tick.toFixed(1)}>
          <line className="plot-grid" x1={x(tick)} x2={x(tick)} y1={4} y2={height - AXIS_HEIGHT + 6} />
          <text className="plot-tick" x={x(tick)} y={height - 12} textAnchor="middle">
            {tick.toFixed(1)}
          </text>
        </g>
      ))}
      {ceiling !== null && (
        <line className="plot-ceiling" x1={x(ceiling)} x2={x(ceiling)} y1={4} y2={height - AXIS_HEIGHT + 6} />
      )}
      {rows.map(({ label, group, figures }, index) => {
        const y = index * ROW_HEIGHT + ROW_HEIGHT / 2 + 4;
        return (
          <g key={label} className={`plot-row plot-${group}`}>
            <text className="plot-label" x={LABEL_WIDTH - 12} y={y + 4} textAnchor="end">
              {label.length > 30 ? `${label.slice(0, 29)}…` : label}
            </text>
            {figures.kappaInterval.defined && (
              <line
                className="plot-interval"
                x1={x(figures.kappaInterval.interval.low)}
                x2={x(figures.kappaInterval.interval.high)}
                y1={y}
                y2={y}
              />
            )}
            {figures.kappa.defined ? (
              <circle className="plot-dot" cx={x(figures.kappa.value)} cy={y} r={5} />
            ) : (
              <text className="plot-tick" x={x(low) + 6} y={y + 4}>
                undefined
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function plotDescription(rows: readonly PlotRow[]): string {
  const parts = rows.map(({ label, figures }) => {
    if (!figures.kappa.defined) return `${label}: undefined, ${figures.kappa.reason}`;
    const interval = figures.kappaInterval.defined
      ? `, interval ${figures.kappaInterval.interval.low.toFixed(2)} to ${figures.kappaInterval.interval.high.toFixed(2)}`
      : '';
    return `${label}: kappa ${figures.kappa.value.toFixed(2)}${interval}`;
  });
  return `Kappa with intervals. ${parts.join('. ')}.`;
}
