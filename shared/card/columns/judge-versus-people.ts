import type { AgreementOptions } from '../../labels/agreement-options.ts';
import { TABLE_SIZE } from '../../labels/label-pairs.ts';
import { studentQuantile } from '../../stats/distribution/student-t.ts';
import { type Interval, type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import {
  type ContingencyTable,
  emptyTable,
  marginsOf,
  totalOf,
} from '../../stats/paired-table/contingency-table.ts';
import { jackknifeStandardError } from '../../stats/resampling/jackknife.ts';
import { FEWEST_ITEMS } from '../../stats/resampling/resample.ts';
import { kappaPoint } from '../../stats/two-raters/cohens-kappa.ts';
import { CELLS, type ComparisonKinds, comparisonKinds, type VotesByPair } from './comparison-kinds.ts';

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
  const kinds = comparisonKinds(data, judge, options);
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
  readonly #kinds: ComparisonKinds;
  readonly #counts: Float64Array;
  readonly #tables: readonly ContingencyTable[];
  readonly #kappas: Float64Array;
  /** The same while nothing is left out. */
  readonly #kappasOfAll: Float64Array;
  /** The last kind that touched each table, and the tables that this one touches. */
  readonly #lastKind: Int32Array;
  readonly #touched: Int32Array;
  #touchedCount = 0;

  constructor(kinds: ComparisonKinds, raterCount: number) {
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
    this.#kappasOfAll = this.#kappas.slice();
    this.#lastKind = new Int32Array(this.#tables.length).fill(-1);
    this.#touched = new Int32Array(this.#tables.length);
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

  /** Leaves one item of a kind out, until it is put back. */
  takeOut(kind: number): void {
    this.#add(kind, -1);
    this.#touchTablesOf(kind);
    this.#refresh();
  }

  putBack(kind: number): void {
    this.#add(kind, 1);
    if (this.#kinds.areWeighted) this.#refresh();
    else
      for (let at = 0; at < this.#touchedCount; at++) {
        const place = this.#touched[at] ?? 0;
        this.#kappas[place] = this.#kappasOfAll[place] ?? Number.NaN;
      }
  }

  #add(kind: number, times: number): void {
    const { cells, amounts, starts } = this.#kinds;
    const to = starts[kind + 1] ?? 0;
    for (let at = starts[kind] ?? 0; at < to; at++) {
      const cell = cells[at] ?? 0;
      this.#counts[cell] = (this.#counts[cell] ?? 0) + times * (amounts[at] ?? 0);
    }
  }

  #touchTablesOf(kind: number): void {
    const { cells, starts } = this.#kinds;
    const to = starts[kind + 1] ?? 0;
    let count = 0;
    for (let at = starts[kind] ?? 0; at < to; at++) {
      const table = Math.floor((cells[at] ?? 0) / CELLS);
      if (this.#lastKind[table] === kind) continue;
      this.#lastKind[table] = kind;
      this.#touched[count++] = table;
    }
    this.#touchedCount = count;
  }

  /** Works the kappas of the touched tables out anew. */
  #refresh(): void {
    for (let at = 0; at < this.#touchedCount; at++) {
      const place = this.#touched[at] ?? 0;
      const table = this.#tables[place];
      if (table !== undefined) this.#kappas[place] = kappaPoint(table) ?? Number.NaN;
    }
  }
}

/** Which raters can be compared, by their places too, and which cannot. */
function compareRaters({ raters }: VotesByPair, kinds: ComparisonKinds, sums: ComparisonSums) {
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
function leaveItemsOut(kinds: ComparisonKinds, sums: ComparisonSums, compared: readonly number[]) {
  const size = kinds.itemCounts.length;
  const judgeMeans = new Float64Array(size);
  const differences = new Float64Array(size);
  const ofRaters = compared.map((rater) => ({ rater, kappas: new Float64Array(size) }));
  for (let kind = 0; kind < size; kind++) {
    sums.takeOut(kind);
    const judgeMean = sums.meanKappa(compared, JUDGE);
    judgeMeans[kind] = judgeMean;
    differences[kind] = judgeMean - sums.meanKappa(compared, RATER);
    for (const { rater, kappas } of ofRaters) kappas[kind] = sums.kappaAt(rater, RATER);
    sums.putBack(kind);
  }
  const errorOf = (values: Float64Array) => jackknifeStandardError({ values, counts: kinds.itemCounts });
  return {
    difference: errorOf(differences),
    judgeVariance: errorOf(judgeMeans) ** 2,
    raterVariance: meanOf(ofRaters.map(({ kappas }) => errorOf(kappas) ** 2)),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Agreement that two sources with these margins would reach by chance; how far a share of other labels moves kappa goes by it. */
function chanceAgreement(table: ContingencyTable): number {
  const { rows, columns } = marginsOf(table);
  return rows.reduce((sum, count, code) => sum + count * (columns[code] ?? 0), 0) / totalOf(table) ** 2;
}
