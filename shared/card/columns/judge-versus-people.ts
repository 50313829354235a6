import type { AgreementOptions } from '../../labels/agreement-options.ts';
import { labelOfCounts, type PairRule } from '../../labels/consensus.ts';
import { cellsOf, foldTable, TABLE_SIZE } from '../../labels/label-pairs.ts';
import { LABELS, voteCounts } from '../../labels/vote-counts.ts';
import { studentQuantile } from '../../stats/distribution/student-t.ts';
import { type Interval, type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import {
  type ContingencyTable,
  emptyTable,
  marginsOf,
  totalOf,
} from '../../stats/paired-table/contingency-table.ts';
import { distinctGroups } from '../../stats/resampling/distinct-groups.ts';
import { jackknifeStandardError } from '../../stats/resampling/jackknife.ts';
import { FEWEST_ITEMS } from '../../stats/resampling/resample.ts';
import { kappaPoint } from '../../stats/two-raters/cohens-kappa.ts';
import { CODE } from '../../study/verdict-codes.ts';

/** Votes in columns, one entry per pair. */
export interface VotesByPair {
  readonly raters: readonly { readonly name: string; readonly codes: Int8Array }[];
  readonly itemOfPair: Int32Array;
  readonly itemCount: number;
  /** How many pairs each stands for where they were drawn with unequal chances; else null. */
  readonly weights: Float64Array | null;
}

/** One rater and the judge, each against the consensus of the other raters, on the same pairs. */
export interface LeaveOneOutComparison {
  readonly rater: string;
  /** Pairs that rater, the judge and the others' consensus all cover. */
  readonly n: number;
  readonly raterKappa: number;
  readonly judgeKappa: number;
}

/** How a judge compares with a human rater of this study. */
export interface JudgeVersusPeople {
  readonly comparisons: readonly LeaveOneOutComparison[];
  /** Raters who could not be compared, and why. */
  readonly leftOut: readonly { readonly rater: string; readonly reason: string }[];
  /** Mean over raters of the judge's kappa less the rater's. */
  readonly difference: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly items: number;
  /** Pairs that entered at least one comparison. */
  readonly pairs: number;
}

/**
 * The level of the interval a claim rests on. The jackknife error of a few dozen items is a little too small on one side:
 * at 95 % a judge equal to the raters was called better or worse in up to 6.7 % of simulated studies. `npm run
 * coverage:sentence` measures the claims at this level.
 */
export const CLAIM_LEVEL = 0.98;

/**
 * How many items the belief is worth that a judge errs as a rater does. A judge without a single disagreement in a dozen
 * items seems to have no error of its own; without this, such luck was called better in 10 % of simulated studies of five
 * raters and 15 items.
 */
const PRIOR_ITEMS = 15;

const NO_KAPPA = 'a kappa is undefined';

const CELLS = TABLE_SIZE * TABLE_SIZE;

/**
 * Compares like with like: each rater in turn is taken out, and the rater and the judge are both held against the
 * consensus of the rest, on the pairs where all three have a label. The mean difference of kappas has a
 * delete-one-item jackknife error, which carries the dependence between raters and between pairs of an item, and a t
 * interval. Pairs that were drawn with unequal chances weigh what they stand for. Where the judge's own error looks smaller than a rater's, it is pulled towards it, the more the fewer items.
 *
 * Undefined with fewer than two raters, without overlap, with fewer than 5 items, or when no rater can be compared.
 *
 * @param judge codes of the judge, one per pair
 */
export function judgeVersusPeople(
  data: VotesByPair,
  judge: Int8Array,
  options: AgreementOptions,
  level = CLAIM_LEVEL,
): Outcome<JudgeVersusPeople> {
  const { raters } = data;
  if (raters.length < 2) {
    return undefinedBecause('fewer than two raters: there is no rater to compare the judge with');
  }
  const kinds = itemKinds(data, judge, options);
  const items = kinds.itemCounts.reduce((sum, count) => sum + count, 0);
  if (items === 0) return undefinedBecause('no pair has a judge’s verdict and two raters’ votes');
  const sums = new ComparisonSums(kinds, raters.length);
  const { comparisons, leftOut, compared } = compareRaters(data, kinds, sums);
  if (comparisons.length === 0)
    return undefinedBecause(
      leftOut.some(({ reason }) => reason === NO_KAPPA)
        ? 'raters say the same of every pair, so chance agreement is already complete and no kappa of theirs is defined'
        : 'no rater shares enough with the judge and the others',
    );
  if (items < FEWEST_ITEMS) {
    return undefinedBecause(`${items} items are too few to compare on (${FEWEST_ITEMS} needed)`);
  }
  const difference = sums.meanKappa(compared, JUDGE) - sums.meanKappa(compared, RATER);
  const errors = leaveItemsOut(kinds, sums, compared);
  if (Number.isNaN(errors.difference))
    return undefinedBecause('without one of the items a kappa is undefined');
  const isErrorSeen = errors.difference > 1e-12;
  if (!isErrorSeen && Math.abs(difference) <= 1e-12) {
    return undefinedBecause('judge and raters err nowhere on these pairs, so there is no error to estimate');
  }
  const standardError = Math.sqrt(
    errors.difference ** 2 +
      Math.max(0, errors.raterVariance - errors.judgeVariance) * (PRIOR_ITEMS / (items + PRIOR_ITEMS)),
  );
  // Without any error seen, as of a constant judge beside perfect raters, the difference is bounded as a share that was 0 is.
  const reach = isErrorSeen
    ? studentQuantile((1 + level) / 2, items - 1) * standardError
    : (1 - ((1 - level) / 2) ** (1 / items)) *
      meanOf(compared.map((rater) => sums.pullAt(rater, JUDGE) + sums.pullAt(rater, RATER)));
  return {
    defined: true,
    comparisons,
    leftOut,
    difference,
    standardError,
    interval: {
      low: difference - reach,
      high: difference + reach,
      level,
      method: 'jackknife over items, leave one rater out',
    },
    items,
    pairs: kinds.pairs,
  };
}

/** Whose table of a comparison: the judge's or the rater's, each against the others' consensus. */
type Side = 0 | 1;
const JUDGE: Side = 0;
const RATER: Side = 1;

/** The tables of all comparisons, summed over items, with the kappa of each; kinds of items are taken out and put back. */
class ComparisonSums {
  readonly #kinds: ItemKinds;
  readonly #counts: Float64Array;
  readonly #tables: readonly ContingencyTable[];
  readonly #kappas: Float64Array;

  constructor(kinds: ItemKinds, raterCount: number) {
    this.#kinds = kinds;
    this.#counts = new Float64Array(raterCount * 2 * CELLS);
    this.#tables = Array.from({ length: raterCount * 2 }, (_table, place) => ({
      size: TABLE_SIZE,
      counts: this.#counts.subarray(place * CELLS, (place + 1) * CELLS),
    }));
    kinds.itemCounts.forEach((count, kind) => {
      this.#add(kind, count);
    });
    this.#kappas = Float64Array.from(this.#tables, (table) => kappaPoint(table) ?? Number.NaN);
  }

  /** NaN where it is undefined. */
  kappaAt(rater: number, side: Side): number {
    return this.#kappas[2 * rater + side] ?? Number.NaN;
  }

  meanKappa(compared: readonly number[], side: Side): number {
    let sum = 0;
    for (const rater of compared) sum += this.kappaAt(rater, side);
    return sum / compared.length;
  }

  /** How far a share of other labels would move a kappa. */
  pullAt(rater: number, side: Side): number {
    return 1 / (1 - chanceAgreement(this.#tables[2 * rater + side] ?? emptyTable(TABLE_SIZE)));
  }

  /** Does what is to be done while one item of a kind is left out. */
  withoutOne(kind: number, work: () => void): void {
    const touched = placesOf(this.#kinds.contributions[kind] ?? []);
    this.#add(kind, -1);
    this.#refresh(touched);
    work();
    this.#add(kind, 1);
    this.#refresh(touched);
  }

  #add(kind: number, times: number): void {
    for (const [cell, amount] of this.#kinds.contributions[kind] ?? [])
      this.#counts[cell] = (this.#counts[cell] ?? 0) + times * amount;
  }

  #refresh(places: Int32Array): void {
    for (const place of places)
      this.#kappas[place] = kappaPoint(this.#tables[place] ?? emptyTable(TABLE_SIZE)) ?? Number.NaN;
  }
}

/** Which raters can be compared, by their places too, and which cannot. */
function compareRaters({ raters }: VotesByPair, kinds: ItemKinds, sums: ComparisonSums) {
  const comparisons: LeaveOneOutComparison[] = [];
  const leftOut: { rater: string; reason: string }[] = [];
  const compared: number[] = [];
  raters.forEach(({ name }, rater) => {
    const n = kinds.pairsOfRater[rater] ?? 0;
    const [judgeKappa, raterKappa] = [sums.kappaAt(rater, JUDGE), sums.kappaAt(rater, RATER)];
    if (Number.isNaN(judgeKappa) || Number.isNaN(raterKappa)) {
      const reason = n === 0 ? 'no pair is shared with the judge and the others' : NO_KAPPA;
      leftOut.push({ rater: name, reason });
      return;
    }
    comparisons.push({ rater: name, n, raterKappa, judgeKappa });
    compared.push(rater);
  });
  return { comparisons, leftOut, compared };
}

/**
 * Jackknife errors. One item at a time is taken out of the sums, so that the cost does not grow with the square of the
 * items.
 */
function leaveItemsOut(kinds: ItemKinds, sums: ComparisonSums, compared: readonly number[]) {
  const size = kinds.contributions.length;
  const judgeMeans = new Float64Array(size);
  const differences = new Float64Array(size);
  const ofRaters = compared.map((rater) => ({ rater, kappas: new Float64Array(size) }));
  for (let kind = 0; kind < size; kind++)
    sums.withoutOne(kind, () => {
      judgeMeans[kind] = sums.meanKappa(compared, JUDGE);
      differences[kind] = sums.meanKappa(compared, JUDGE) - sums.meanKappa(compared, RATER);
      for (const { rater, kappas } of ofRaters) kappas[kind] = sums.kappaAt(rater, RATER);
    });
  const errorOf = (values: Float64Array) => jackknifeStandardError({ values, counts: kinds.itemCounts });
  return {
    difference: errorOf(differences),
    judgeVariance: errorOf(judgeMeans) ** 2,
    raterVariance: meanOf(ofRaters.map(({ kappas }) => errorOf(kappas) ** 2)),
  };
}

/** The tables that a kind of item adds to. */
function placesOf(contribution: readonly (readonly [number, number])[]): Int32Array {
  return Int32Array.from(new Set(contribution.map(([cell]) => Math.floor(cell / CELLS))));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Agreement that two sources with these margins would reach by chance; how far a share of other labels moves kappa goes by it. */
function chanceAgreement(table: ContingencyTable): number {
  const { rows, columns } = marginsOf(table);
  return rows.reduce((sum, count, code) => sum + count * (columns[code] ?? 0), 0) / totalOf(table) ** 2;
}

/** One comparison: which rater and the three codes as one number, and how many pairs it stands for. */
interface Said {
  readonly code: number;
  readonly weight: number;
}

/** What items add to the tables of all comparisons, equal items once. */
interface ItemKinds {
  readonly itemCounts: Float64Array;
  /** For each kind [cell, amount], cells numbered through the tables judge 0, rater 0, judge 1, rater 1, … */
  readonly contributions: readonly (readonly (readonly [number, number])[])[];
  readonly pairs: number;
  /** Pairs in the comparison of each rater. */
  readonly pairsOfRater: Int32Array;
}

function itemKinds(
  { raters, itemOfPair, itemCount, weights }: VotesByPair,
  judge: Int8Array,
  options: AgreementOptions,
): ItemKinds {
  const fold = foldTable(options);
  const foldAt = (codes: Int8Array, pair: number) => fold[(codes[pair] ?? CODE.missing) + 1] ?? CODE.missing;
  const votes = voteCounts(raters, itemOfPair.length, fold);
  const others = new Int32Array(LABELS);
  const pairsOfRater = new Int32Array(raters.length);
  const rule = ruleForOthers(options.consensus);
  // One number per comparison: which rater, and the three codes.
  const saidOf: number[] = [];
  const pairOfSaid: number[] = [];
  let pairs = 0;
  for (let pair = 0; pair < itemOfPair.length; pair++) {
    const verdict = foldAt(judge, pair);
    if (verdict < 0 || (weights !== null && (weights[pair] ?? 0) === 0)) continue;
    const before = saidOf.length;
    for (let rater = 0; rater < raters.length; rater++) {
      const own = foldAt(raters[rater]?.codes ?? NOBODY, pair);
      if (own < 0) continue;
      for (let label = 0; label < LABELS; label++)
        others[label] = (votes[pair * LABELS + label] ?? 0) - Number(label === own);
      const gold = labelOfCounts(others, rule);
      if (gold < 0) continue;
      // Both or neither: a tie that is left out for one side of the comparison is left out for the other.
      if (options.ties === 'drop' && (verdict === CODE.tie || own === CODE.tie || gold === CODE.tie))
        continue;
      saidOf.push(((rater * 8 + gold) * 8 + verdict) * 8 + own);
      pairOfSaid.push(pair);
      pairsOfRater[rater] = (pairsOfRater[rater] ?? 0) + 1;
    }
    if (saidOf.length > before) pairs++;
  }
  const itemOfSaid = Int32Array.from(pairOfSaid, (pair) => itemOfPair[pair] ?? 0);
  if (weights !== null) {
    const kinds = weightedKinds(saidOf, pairOfSaid, itemOfSaid, weights, itemCount);
    return {
      itemCounts: Float64Array.from(kinds, ({ count }) => count),
      contributions: kinds.map(({ said }) => contributionOf(said, options)),
      pairs,
      pairsOfRater,
    };
  }
  const { groups, itemCounts } = distinctGroups(Int32Array.from(saidOf), itemOfSaid, itemCount);
  return {
    itemCounts,
    contributions: groups.map((group) =>
      contributionOf(
        Array.from(group, (code) => ({ code, weight: 1 })),
        options,
      ),
    ),
    pairs,
    pairsOfRater,
  };
}

const NOBODY = new Int8Array(0);

/** Where pairs weigh differently, items are alike only where their pairs weigh the same. */
function weightedKinds(
  codes: readonly number[],
  pairOfCode: readonly number[],
  itemOfCode: Int32Array,
  weights: Float64Array,
  items: number,
): { readonly said: readonly Said[]; count: number }[] {
  const saidOfItem: Said[][] = Array.from({ length: items }, () => []);
  for (const [place, code] of codes.entries())
    saidOfItem[itemOfCode[place] ?? 0]?.push({ code, weight: weights[pairOfCode[place] ?? 0] ?? 0 });
  const kinds = new Map<string, { said: readonly Said[]; count: number }>();
  for (const said of saidOfItem) {
    if (said.length === 0) continue;
    const key = said
      .sort((first, second) => first.code - second.code || first.weight - second.weight)
      .map(({ code, weight }) => `${code}x${weight}`)
      .join();
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { said, count: 1 });
    else kind.count++;
  }
  return [...kinds.values()];
}

/**
 * Unanimity among the others would leave the easy pairs alone, and a model would have to be fitted once per rater: both
 * give way to the majority.
 */
function ruleForOthers(rule: AgreementOptions['consensus']): PairRule {
  return rule === 'unanimous' || rule === 'dawid_skene' ? 'majority' : rule;
}

function contributionOf(
  said: readonly Said[],
  options: AgreementOptions,
): readonly (readonly [number, number])[] {
  const amounts = new Map<number, number>();
  for (const { code, weight } of said) {
    const [own, verdict, gold, rater] = [code % 8, (code >> 3) % 8, (code >> 6) % 8, code >> 9];
    for (const [place, column] of [
      [2 * rater, verdict],
      [2 * rater + 1, own],
    ] as const) {
      for (const { row, column: to, amount } of cellsOf(gold, column, options.ties)) {
        const cell = place * CELLS + row * TABLE_SIZE + to;
        amounts.set(cell, (amounts.get(cell) ?? 0) + weight * amount);
      }
    }
  }
  return [...amounts];
}
