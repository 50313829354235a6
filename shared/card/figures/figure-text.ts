/** Figures in words and as rows, the same on the screen, in a terminal and in a file. */
import type { Interval } from '../../stats/estimate.ts';
import { CATEGORY_NAMES, type CategoryName } from '../../study/verdict-codes.ts';
import { csvCell } from '../../text/csv-cell.ts';
import type { CardPart, Figure } from './figure.ts';
import { MEASURES, type Unit } from './measures.ts';

const MINUS = '−';

/** A number as its unit is read: shares in percent, differences with a sign. */
export function valueText(value: number, unit: Unit): string {
  switch (unit) {
    case 'coefficient':
    case 'score':
      return fixedText(value, 3);
    case 'difference':
      return signedText(value, 3);
    case 'share':
    case 'mean_share':
      return `${fixedText(100 * value, 1)} %`;
    case 'points':
      return `${signedText(100 * value, 1)} points`;
    case 'odds_ratio':
      return `×${fixedText(value, 2)}`;
    case 'count':
      return value.toLocaleString('en', { maximumFractionDigits: 1 });
    case 'p':
      return value < 0.001 ? '< 0.001' : fixedText(value, 3);
    case 'elo':
      return fixedText(value, 0);
    case 'rank':
      return fixedText(value, value % 1 === 0 ? 0 : 1);
  }
}

/** Fewer than this make no percentage. */
export const FEWEST_FOR_PERCENT = 5;

/** A figure's value, or why there is none. A share of very few is told as a count. */
export function figureText({ value, reason, measure, n }: Figure): string {
  if (value === null) return `undefined: ${reason}`;
  const { unit } = MEASURES[measure];
  if (n >= FEWEST_FOR_PERCENT || (unit !== 'share' && unit !== 'mean_share')) return valueText(value, unit);
  const halves = 2 * n * value;
  return unit === 'share' && Math.abs(halves - Math.round(halves)) < 1e-9
    ? `${Math.round(halves) / 2} of ${n}`
    : `${valueText(value, unit)} of n ${n}`;
}

/** The ends of a figure's interval, why there is none, or nothing where none belongs to it. */
export function intervalText({ interval, noInterval, measure }: Figure): string {
  if (interval === null) return noInterval === null ? '' : `none: ${noInterval}`;
  return endsText(interval, MEASURES[measure].unit);
}

/** Two ends with their unit said once. */
export function endsText({ low, high }: Pick<Interval, 'low' | 'high'>, unit: Unit): string {
  return `${valueText(low, unit).replace(/ (%|points)$/u, '')} to ${valueText(high, unit)}`;
}

const COLUMNS = [
  'part',
  'row',
  'measure',
  'label',
  'n',
  'counted',
  'split',
  'value',
  'low',
  'high',
  'level',
  'interval_method',
  'seed',
  'undefined_because',
  'weighing',
  'subject',
] as const;

/** Figures of some parts as comma-separated values with one header, numbers in full precision. */
export function figuresCsv(parts: readonly Pick<CardPart, 'name' | 'figures'>[]): string {
  const lines = parts.flatMap(({ name, figures }) => figures.map((figure) => csvLine(name, figure)));
  return `${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

function csvLine(part: CardPart['name'], figure: Figure): string {
  const { label, counted } = MEASURES[figure.measure];
  const { interval } = figure;
  return [
    part,
    figure.row,
    figure.measure,
    label,
    figure.n,
    counted,
    figure.split,
    figure.value,
    interval?.low,
    interval?.high,
    interval?.level,
    interval?.method ?? figure.noInterval,
    figure.seed,
    figure.reason,
    figure.weighing,
    JSON.stringify(figure.subject),
  ]
    .map(csvCell)
    .join(',');
}

/** A figure of a part by its row and measure; undefined where the card has none. */
export function figureOf(
  part: CardPart | undefined,
  row: string,
  measure: Figure['measure'],
): Figure | undefined {
  return part?.figures.find((figure) => figure.row === row && figure.measure === measure);
}

/** The rows of some measure, in the part's order. */
export function rowsWith(part: CardPart, measure: Figure['measure']): readonly Figure[] {
  return part.figures.filter((figure) => figure.measure === measure);
}

/**
 * A confusion matrix put together from its cells; null where there are none, or what they say is withheld.
 *
 * @param between the two raters; null for people and the judge
 */
export function matrixOf(
  part: CardPart,
  between: { readonly first: string; readonly second: string } | null,
): { readonly labels: readonly CategoryName[]; readonly rows: readonly (readonly number[])[] } | null {
  const cells = new Map<string, number | null>();
  for (const { subject, value } of rowsWith(part, 'matrix_cell')) {
    if (subject.kind !== 'cell') continue;
    const { between: of, row, column } = subject;
    if (of?.first === between?.first && of?.second === between?.second) cells.set(`${row} ${column}`, value);
  }
  if (cells.size === 0 || [...cells.values()].includes(null)) return null;
  const labels = CATEGORY_NAMES.filter((name) => cells.has(`${name} ${name}`));
  return {
    labels,
    rows: labels.map((row) => labels.map((column) => cells.get(`${row} ${column}`) ?? 0)),
  };
}

function fixedText(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', MINUS);
}

function signedText(value: number, digits: number): string {
  const text = fixedText(value, digits);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}
