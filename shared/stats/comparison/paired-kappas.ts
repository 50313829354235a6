import { normalReach, normalTwoSidedP } from '../distribution/normal.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import type { ContingencyTable } from '../paired-table/contingency-table.ts';
import { type BootstrapResult, clusterBootstrap } from '../resampling/cluster-bootstrap.ts';
import { type Jackknife, jackknifeStandardError } from '../resampling/jackknife.ts';
import { MOST_UNDEFINED_SHARE, resample } from '../resampling/resample.ts';
import { kappaPoint } from '../two-raters/cohens-kappa.ts';

/**
 * What an item says about two judges against the same people: one flattened table per judge, once for every distinct
 * pair of them, with how many items share it.
 */
export interface PairedPatterns {
  readonly size: number;
  readonly first: readonly Float64Array[];
  readonly second: readonly Float64Array[];
  readonly itemCounts: Float64Array;
}

/** The difference of two kappas on the same items, first − second. */
export interface PairedKappas {
  readonly kappas: readonly [number, number];
  readonly difference: number;
  /** Delete-one-item jackknife of the difference, which carries the correlation of the two. */
  readonly standardError: number;
  /** Undefined where every item says the same about both judges. */
  readonly test: Outcome<{ readonly interval: Interval; readonly z: number; readonly p: number }>;
}

/** Items with one row each, from aligned codes; rows where one of the three is missing (negative) do not count. */
export function pairedPatterns(
  human: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  size: number,
): PairedPatterns {
  const kinds = new Map<string, { keys: readonly number[]; count: number }>();
  for (let index = 0; index < human.length; index++) {
    const key = rowKey(human, first, second, index, size);
    if (key >= 0) addKind(kinds, [key]);
  }
  return patternsOf(kinds, size);
}

/**
 * The same where items hold several rows.
 *
 * @param items the item of each row
 */
export function pairedPatternsOfItems(
  human: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  items: ArrayLike<number>,
  size: number,
): PairedPatterns {
  const held = new Map<number, number[]>();
  for (let index = 0; index < human.length; index++) {
    const key = rowKey(human, first, second, index, size);
    if (key < 0) continue;
    const item = items[index] ?? 0;
    const keys = held.get(item);
    if (keys === undefined) held.set(item, [key]);
    else keys.push(key);
  }
  const kinds = new Map<string, { keys: readonly number[]; count: number }>();
  for (const keys of held.values())
    addKind(
      kinds,
      keys.sort((one, two) => one - two),
    );
  return patternsOf(kinds, size);
}

/** The three codes of a row as one number, or −1 where one is missing. */
function rowKey(
  human: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  index: number,
  size: number,
): number {
  const [truth, one, two] = [human[index] ?? -1, first[index] ?? -1, second[index] ?? -1];
  if (truth < 0 || one < 0 || two < 0) return -1;
  if (truth >= size || one >= size || two >= size) {
    throw new RangeError(`entry ${index} is beyond the ${size} declared categories`);
  }
  return (truth * size + one) * size + two;
}

function addKind(
  kinds: Map<string, { keys: readonly number[]; count: number }>,
  keys: readonly number[],
): void {
  const name = keys.join();
  const kind = kinds.get(name);
  if (kind === undefined) kinds.set(name, { keys, count: 1 });
  else kind.count++;
}

function patternsOf(
  kinds: ReadonlyMap<string, { readonly keys: readonly number[]; readonly count: number }>,
  size: number,
): PairedPatterns {
  const all = [...kinds.values()];
  const tables = (cellOf: (key: number) => number) =>
    all.map(({ keys }) => {
      const table = new Float64Array(size * size);
      for (const key of keys) table[cellOf(key)] = (table[cellOf(key)] ?? 0) + 1;
      return table;
    });
  return {
    size,
    first: tables((key) => Math.floor(key / size)),
    second: tables((key) => Math.floor(key / size ** 2) * size + (key % size)),
    itemCounts: Float64Array.from(all, ({ count }) => count),
  };
}

/**
 * The paired comparison with a jackknife error: z = difference / SE. Treating the judges as independent would use
 * √(SE₁² + SE₂²), which is too wide when they agree with each other and misses real differences.
 */
export function pairedKappas(patterns: PairedPatterns, level = 0.95): Outcome<PairedKappas> {
  const kappas = kappasOf(patterns, patterns.itemCounts);
  if (kappas === null) return undefinedBecause('the kappa of one of the judges is undefined');
  const standardError = jackknifeStandardError(pairedJackknife(patterns));
  const difference = kappas[0] - kappas[1];
  if (!(standardError > 1e-12)) {
    const none = undefinedBecause(
      'every item says the same about both judges, which leaves no error to estimate',
    );
    return { defined: true, kappas, difference, standardError: 0, test: none };
  }
  const reach = normalReach(level) * standardError;
  const z = difference / standardError;
  return {
    defined: true,
    kappas,
    difference,
    standardError,
    test: {
      defined: true,
      interval: { low: difference - reach, high: difference + reach, level, method: 'jackknife over items' },
      z,
      p: normalTwoSidedP(z),
    },
  };
}

/** The paired bootstrap: each replicate draws items once and evaluates both judges on them. */
export function pairedKappaBootstrap(
  patterns: PairedPatterns,
  unit: () => number,
  replicates: number,
  level = 0.95,
): BootstrapResult {
  return clusterBootstrap(patterns.itemCounts, differenceOf(patterns), unit, replicates, level);
}

/**
 * The bootstrap's two-sided p of no difference: twice the smaller share beyond 0, at least 1/(B + 1). Undefined where the
 * difference is, and when more than 5 % of the resamples have none.
 */
export function pairedKappaBootstrapP(
  patterns: PairedPatterns,
  unit: () => number,
  replicates: number,
): Estimate {
  const statistic = differenceOf(patterns);
  if (statistic(patterns.itemCounts) === null) {
    return undefinedBecause('the kappa of one of the judges is undefined');
  }
  const { sorted, undefinedReplicates } = resample(patterns.itemCounts, statistic, unit, replicates);
  if (undefinedReplicates > MOST_UNDEFINED_SHARE * replicates) {
    return undefinedBecause(`undefined in ${undefinedReplicates} of ${replicates} resamples`);
  }
  const atMost = sorted.filter((value) => value <= 0).length;
  const atLeast = sorted.filter((value) => value >= 0).length;
  const p = (2 * Math.min(atMost, atLeast)) / sorted.length;
  return { defined: true, value: Math.min(1, Math.max(p, 1 / (sorted.length + 1))) };
}

/** One item's tables taken from the whole at a time, so that the cost does not grow with the square of the kinds. */
function pairedJackknife({ size, first, second, itemCounts }: PairedPatterns): Jackknife {
  const one = { size, counts: tableOf(first, size, itemCounts).counts };
  const two = { size, counts: tableOf(second, size, itemCounts).counts };
  const add = (into: Float64Array, from: Float64Array | undefined, times: number) => {
    from?.forEach((count, cell) => {
      into[cell] = (into[cell] ?? 0) + times * count;
    });
  };
  const values = Float64Array.from(first, (_table, kind) => {
    if ((itemCounts[kind] ?? 0) === 0) return Number.NaN;
    add(one.counts, first[kind], -1);
    add(two.counts, second[kind], -1);
    const [kappaOne, kappaTwo] = [kappaPoint(one), kappaPoint(two)];
    add(one.counts, first[kind], 1);
    add(two.counts, second[kind], 1);
    return kappaOne === null || kappaTwo === null ? Number.NaN : kappaOne - kappaTwo;
  });
  return { values, counts: itemCounts };
}

function differenceOf(patterns: PairedPatterns): (multiplicity: Float64Array) => number | null {
  return (multiplicity) => {
    const kappas = kappasOf(patterns, multiplicity);
    return kappas === null ? null : kappas[0] - kappas[1];
  };
}

function kappasOf(patterns: PairedPatterns, multiplicity: Float64Array): readonly [number, number] | null {
  const one = kappaPoint(tableOf(patterns.first, patterns.size, multiplicity));
  const two = kappaPoint(tableOf(patterns.second, patterns.size, multiplicity));
  return one === null || two === null ? null : [one, two];
}

function tableOf(
  tables: readonly Float64Array[],
  size: number,
  multiplicity: Float64Array,
): ContingencyTable {
  const counts = new Float64Array(size * size);
  for (let pattern = 0; pattern < tables.length; pattern++) {
    const times = multiplicity[pattern] ?? 0;
    const from = tables[pattern];
    if (times === 0 || from === undefined) continue;
    for (let cell = 0; cell < counts.length; cell++) {
      counts[cell] = (counts[cell] ?? 0) + times * (from[cell] ?? 0);
    }
  }
  return { size, counts };
}
