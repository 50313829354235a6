import { axisX, axisY, dot, gridX, type PlotOptions, rect, ruleX, ruleY } from '@observablehq/plot';
import type { Figure } from '../../shared/domain/card/figure.ts';
import { DOTS } from './use-pick.ts';

/** One dot on its interval. */
export interface ForestRow {
  readonly label: string;
  readonly figure: Figure;
  readonly group: 'people' | 'judge';
}

export interface ForestScale {
  /** A line to compare with, and its name. */
  readonly reference: { readonly value: number; readonly label: string } | null;
  /** A shaded stretch, such as what counts as equal. */
  readonly band?: { readonly from: number; readonly to: number };
  /** Values the axis must reach. */
  readonly reach: readonly [number, number];
  readonly percent: boolean;
  readonly title: string;
}

const ROW_HEIGHT = 26;
const LONGEST_LABEL = 34;

/** Dots on intervals, one row each, on one scale. */
export function forestPlot(rows: readonly ForestRow[], scale: ForestScale, width: number): PlotOptions {
  const factor = scale.percent ? 100 : 1;
  const drawn = rows.flatMap(({ label, figure, group }, index) =>
    figure.value === null
      ? []
      : [
          {
            label: `${index}`,
            text: shortened(label, width < 480 ? 18 : LONGEST_LABEL),
            value: figure.value * factor,
            low: (figure.interval?.low ?? figure.value) * factor,
            high: (figure.interval?.high ?? figure.value) * factor,
            group,
          },
        ],
  );
  const ends = drawn.flatMap(({ low, high }) => [low, high]);
  const [from, to] = scale.reach.map((end) => end * factor);
  const names = new Map(drawn.map(({ label, text }) => [label, text]));
  const colour = ({ group }: { readonly group: string }) => `var(--plot-${group})`;
  return {
    height: drawn.length * ROW_HEIGHT + 64,
    marginLeft: Math.min(width * 0.42, 12 + 6.6 * Math.max(6, ...drawn.map(({ text }) => text.length))),
    marginRight: 16,
    marginTop: 28,
    marginBottom: 36,
    x: { domain: [Math.min(from ?? 0, ...ends), Math.max(to ?? 1, ...ends)], nice: true },
    y: { domain: drawn.map(({ label }) => label), label: null },
    marks: [
      ...(scale.band === undefined
        ? []
        : [
            rect([scale.band], {
              x1: (band: { from: number }) => band.from * factor,
              x2: (band: { to: number }) => band.to * factor,
              fill: 'var(--plot-band)',
            }),
          ]),
      gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
      axisX({
        label: scale.title,
        labelAnchor: 'center',
        labelArrow: 'none',
        tickSize: 0,
        fontSize: 12,
        ticks: Math.max(3, Math.floor(width / 110)),
      }),
      axisY({ tickSize: 0, fontSize: 12, tickFormat: (label: string) => names.get(label) ?? '' }),
      ...(scale.reference === null
        ? []
        : [ruleX([scale.reference.value * factor], { stroke: 'var(--ink-quiet)', strokeDasharray: '4 3' })]),
      ruleY(drawn, { y: 'label', x1: 'low', x2: 'high', stroke: colour, strokeWidth: 3 }),
      dot(drawn, { y: 'label', x: 'value', r: 5, fill: colour, className: DOTS }),
    ],
  };
}

/** The row of the data a drawn dot stands for: undefined figures are not drawn. */
export function drawnRows(rows: readonly ForestRow[]): readonly ForestRow[] {
  return rows.filter(({ figure }) => figure.value !== null);
}

function shortened(label: string, longest: number): string {
  return label.length > longest ? `${label.slice(0, longest - 1)}…` : label;
}
