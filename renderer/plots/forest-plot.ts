import { axisX, axisY, dot, gridX, type PlotOptions, rect, ruleX, ruleY } from '@observablehq/plot';
import type { Figure } from '../../shared/card/figures/figure.ts';
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
/** Of the axes' letters, in pixels; wide enough for most fonts. */
const LETTER_WIDTH = 6.6;
const LINE_HEIGHT = 14;
const MARGIN_END = 16;

/** Dots on intervals, one row each, on one scale. */
export function forestPlot(rows: readonly ForestRow[], scale: ForestScale, width: number): PlotOptions {
  const factor = scale.percent ? 100 : 1;
  const drawn = rows.flatMap(({ label, figure, group }, index) =>
    figure.value === null
      ? []
      : [
          {
            label: `${index}`,
            text: shortenLabel(label, width < 480 ? 18 : LONGEST_LABEL),
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
  const marginLeft = Math.min(
    width * 0.42,
    12 + LETTER_WIDTH * Math.max(6, ...drawn.map(({ text }) => text.length)),
  );
  // A title that is longer than its axis may take the whole width, and then a second line.
  const fits = scale.title.length * LETTER_WIDTH <= width - marginLeft - MARGIN_END;
  const title = fits ? [scale.title] : linesOf(scale.title, Math.floor((width - MARGIN_END) / LETTER_WIDTH));
  const more = (title.length - 1) * LINE_HEIGHT;
  return {
    height: drawn.length * ROW_HEIGHT + 46 + more,
    marginLeft,
    marginRight: MARGIN_END,
    marginTop: 10,
    marginBottom: 36 + more,
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
        label: title.join('\n'),
        labelAnchor: fits ? 'center' : 'right',
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
export function rowsToDraw(rows: readonly ForestRow[]): readonly ForestRow[] {
  return rows.filter(({ figure }) => figure.value !== null);
}

/** Labels of one picture may begin alike, so the middle is left out. */
function shortenLabel(label: string, longest: number): string {
  if (label.length <= longest) return label;
  const begin = Math.floor((longest - 1) / 2);
  return `${label.slice(0, begin)}…${label.slice(label.length - (longest - 1 - begin))}`;
}

function linesOf(text: string, longest: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= longest)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
