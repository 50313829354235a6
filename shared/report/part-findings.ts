/** What each part of a card found, in one sentence: the title of a part that nobody has opened yet. */
import type { CardPart, Figure, PartName } from '../card/figures/figure.ts';
import { figureOf, figureText, intervalText, rowsWith, valueText } from '../card/figures/figure-text.ts';
import { ROW, rowOf } from '../card/figures/subject.ts';
import { countedText, countText } from './number-texts.ts';

/** @param level of the card's intervals: what stands out is shown at it, corrected for all that was tested beside it */
export function partFinding(part: CardPart, level: number): string {
  return FINDINGS[part.name](part, level) ?? lastWords(part) ?? 'Nothing to tell.';
}

type Finding = (part: CardPart, level: number) => string | null;

/** The last sentence about what the part itself is about. */
const own: Finding = (part) => lastWords(part, part.name);

const FINDINGS: Readonly<Record<PartName, Finding>> = {
  standing: (part) => lastWords(part, 'answer'),
  agreement: (part) => {
    const agreement = figureOf(part, ROW.consensus, 'agreement');
    const kappa = figureOf(part, ROW.consensus, 'kappa');
    if (agreement === undefined || agreement.value === null) return agreement?.reason ?? null;
    return `Alike on ${figureText(agreement)} of ${countedText(agreement.n, 'pair')}; kappa ${withInterval(kappa)}.`;
  },
  policies: (part) => {
    const kappas = rowsWith(part, 'kappa').flatMap(({ value }) => value ?? []);
    if (kappas.length === 0) return null;
    const [low, high] = [Math.min(...kappas), Math.max(...kappas)];
    return `Kappa from ${valueText(low, 'coefficient')} to ${valueText(high, 'coefficient')} by the rule for ties and for people’s label.`;
  },
  people: (part) => {
    const agreement = figureOf(part, ROW.all_raters, 'pairwise_agreement');
    if (agreement === undefined || agreement.value === null) return agreement?.reason ?? null;
    return `Alike on ${figureText(agreement)}; Fleiss’ kappa ${withInterval(figureOf(part, ROW.all_raters, 'fleiss_kappa'))}.`;
  },
  orders: (part) => {
    const same = figureOf(part, ROW.both_orders, 'consistency');
    if (same === undefined || same.value === null) return lastWords(part, ROW.both_orders);
    return `The same in both orders on ${figureText(same)} of ${countedText(same.n, 'pair')}.`;
  },
  bias: (part, level) => {
    const tested = rowsWith(part, 'adjusted_p').filter(({ value }) => value !== null);
    const shown = shownBiases(part, level);
    if (shown.length > 0)
      return `It ${shown.map((each) => `${favours(each)} (${figureText(each)})`).join(', ')}.`;
    return tested.length === 0
      ? 'None could be tested.'
      : `None shown, of ${countText(tested.length)} tested together.`;
  },
  slices: own,
  splits: own,
  systems: own,
  length: own,
  confidence: (part) => {
    const target = rowsWith(part, 'delegated_share').find(({ value }) => value !== null && value > 0);
    return target === undefined ? null : lastWords(part, target.row);
  },
  decision: (part) => {
    const test = rowsWith(part, 'winning_rate')[0];
    if (test === undefined) return null;
    return test.value === null ? `No alternative annotator test: ${test.reason}.` : lastWords(part, test.row);
  },
  ranking: (part) => {
    const tau = figureOf(part, ROW.both_rankings, 'kendall_tau');
    return (
      lastWords(part, ROW.both_rankings) ??
      (tau === undefined ? null : `Kendall’s tau of people’s and the judge’s order: ${figureText(tau)}.`)
    );
  },
  judges: (part) =>
    rowsWith(part, 'kappa').length === 1 ? 'The only judge of this study.' : lastWords(part, 'judges'),
};

function withInterval(figure: Figure | undefined): string {
  if (figure === undefined) return 'not worked out';
  return figure.interval === null ? figureText(figure) : `${figureText(figure)} (${intervalText(figure)})`;
}

function lastWords(part: CardPart, about?: string): string | null {
  return part.words.findLast(({ row }) => about === undefined || row === about)?.text ?? null;
}

/** Biases that are shown once all are tested together, the largest first. */
function shownBiases(part: CardPart, level: number): Figure[] {
  return rowsWith(part, 'bias')
    .filter(({ row }) => isShown(figureOf(part, row, 'adjusted_p'), level))
    .toSorted((one, two) => Math.abs(two.value ?? 0) - Math.abs(one.value ?? 0));
}

function favours({ row, value }: Figure): string {
  return `${(value ?? 0) > 0 ? 'favours' : 'disfavours'} the ${row.replace(/^its own/u, 'own')}`;
}

function isShown(adjusted: Figure | undefined, level: number): boolean {
  const p = adjusted?.value ?? null;
  return p !== null && p < 1 - level;
}

/** One thing that a reader of the card should not miss, and the part that tells of it. */
export interface StandOut {
  readonly part: PartName;
  readonly text: string;
}

/** Whether anything that could stand out was tested at all: nothing found says little where nothing was looked for. */
export function isAnythingTested({
  bias,
  slices,
  orders,
}: Readonly<Partial<Record<PartName, CardPart>>>): boolean {
  const tests = [bias, slices].flatMap((part) => (part === undefined ? [] : rowsWith(part, 'adjusted_p')));
  return (
    tests.some(({ value }) => value !== null) ||
    figureOf(orders, ROW.both_orders, 'flip_rate')?.interval != null
  );
}

/** A judge that contradicts itself on a larger share of pairs than this, for sure, is worth a word. */
const NOTICED_FLIP_RATE = 0.1;

/** What the first look should hold: the largest bias, the weakest slice, the share of contradictions; only where it is shown. */
export function standOuts(
  { bias, slices, orders }: Readonly<Partial<Record<PartName, CardPart>>>,
  level: number,
): StandOut[] {
  const [worst] = bias === undefined ? [] : shownBiases(bias, level);
  const [weakest] =
    slices === undefined
      ? []
      : rowsWith(slices, 'kappa_less_rest')
          .filter(({ row, value }) => (value ?? 0) < 0 && isShown(figureOf(slices, row, 'adjusted_p'), level))
          .toSorted((one, two) => (one.value ?? 0) - (two.value ?? 0));
  const flips = figureOf(orders, ROW.both_orders, 'flip_rate');
  return [
    ...(worst === undefined
      ? []
      : [{ part: 'bias' as const, text: `It ${favours(worst)}: ${withInterval(worst)}.` }]),
    ...(weakest === undefined
      ? []
      : [
          {
            part: 'slices' as const,
            text: `It is weaker on ${rowOf(weakest.subject)}: kappa there less that on the rest is ${withInterval(weakest)}.`,
          },
        ]),
    ...((flips?.interval?.low ?? 0) > NOTICED_FLIP_RATE
      ? [
          {
            part: 'orders' as const,
            text: `It contradicts itself when outputs change places: on ${withInterval(flips)} of ${countedText(flips?.n ?? 0, 'pair')}.`,
          },
        ]
      : []),
  ];
}
