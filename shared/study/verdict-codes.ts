import type { JudgeVerdict } from './verdict.ts';

/** Verdicts as small integers, for columns of a million. −1 means: said nothing about this pair. */
export const CODE = {
  missing: -1,
  first: 0,
  second: 1,
  tie: 2,
  both_bad: 3,
  inconsistent: 4,
  unparsed: 5,
  error: 6,
  skipped: 7,
} as const;

/** Whether a verdict names one of the two outputs. */
export function isSide(code: number | undefined): boolean {
  return code === CODE.first || code === CODE.second;
}

/** Labels of the codes that can be categories of a table, in code order. */
export const CATEGORY_NAMES = ['first', 'second', 'tie', 'both_bad', 'inconsistent', 'unparsed'] as const;
export type CategoryName = (typeof CATEGORY_NAMES)[number];

/** One pair's verdict by one judge over its orders and samples. */
export interface OrderedVerdict {
  readonly order: string;
  readonly verdict: JudgeVerdict;
}

/**
 * One judge's verdict on one pair: agree, else inconsistent. Samples of one order are reduced by
 * plurality of the readable ones first (a drawn plurality is inconsistent). If one order could not be read, the other does
 * not stand in for it: the pair is unparsed, or an error. A single order, or a verdict merged elsewhere,
 * is taken as it is.
 */
export function mergeJudgeVerdicts(judgments: readonly OrderedVerdict[]): JudgeVerdict | undefined {
  const byOrder = new Map<string, JudgeVerdict[]>();
  for (const { order, verdict } of judgments) {
    const list = byOrder.get(order);
    if (list === undefined) byOrder.set(order, [verdict]);
    else list.push(verdict);
  }
  const perOrder = [...byOrder.values()].map(pluralityVerdict);
  const [only, ...others] = perOrder;
  if (only === undefined || others.length === 0) return only;
  if (perOrder.includes('error')) return 'error';
  if (perOrder.includes('unparsed')) return 'unparsed';
  return others.every((verdict) => verdict === only) ? only : 'inconsistent';
}

/** The most frequent readable verdict; inconsistent where several are. */
export function pluralityVerdict(verdicts: readonly JudgeVerdict[]): JudgeVerdict {
  const [only] = verdicts;
  if (only !== undefined && verdicts.length === 1) return only;
  const readable = verdicts.filter((verdict) => verdict !== 'unparsed' && verdict !== 'error');
  if (readable.length === 0) return verdicts.includes('unparsed') ? 'unparsed' : 'error';
  const counts = new Map<JudgeVerdict, number>();
  for (const verdict of readable) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const leaders = [...counts].filter(([, count]) => count === most).map(([verdict]) => verdict);
  return leaders.length === 1 && leaders[0] !== undefined ? leaders[0] : 'inconsistent';
}

/** The verdict behind a probability that the first output is the better one; missing for NaN. */
export function codeOfProbability(probability: number): number {
  if (Number.isNaN(probability)) return CODE.missing;
  if (probability === 0.5) return CODE.tie;
  return probability > 0.5 ? CODE.first : CODE.second;
}
