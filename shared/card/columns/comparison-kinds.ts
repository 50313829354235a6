/** Each rater and a judge, both held against the consensus of the other raters: what every item adds to their tables. */
import { valuesAt } from '../../columns/column.ts';
import type { AgreementOptions } from '../../labels/agreement-options.ts';
import { labelOfCounts, type PairRule } from '../../labels/consensus.ts';
import { cellsOf, foldTable, TABLE_SIZE } from '../../labels/label-pairs.ts';
import { LABELS, votesOfPairs } from '../../labels/vote-counts.ts';
import { distinctGroups } from '../../stats/resampling/distinct-groups.ts';
import { CODE } from '../../study/verdict-codes.ts';

/** Votes in columns, one entry per pair. */
export interface VotesByPair {
  readonly raters: readonly { readonly name: string; readonly codes: Int8Array }[];
  readonly itemOfPair: Int32Array;
  readonly itemCount: number;
  /** How many pairs each stands for where they were drawn with unequal chances; else null. */
  readonly weights: Float64Array | null;
}

/** Cells of a comparison's table. */
export const CELLS = TABLE_SIZE * TABLE_SIZE;

/** What items add to the tables of all comparisons, equal items once. */
export interface ComparisonKinds {
  readonly itemCounts: Float64Array;
  /** The cells that each kind adds to, numbered through the tables judge 0, rater 0, judge 1, rater 1, …, kind after kind. */
  readonly cells: Int32Array;
  /** How much it adds to each. */
  readonly amounts: Float64Array;
  /** Where the cells of each kind begin, and the end of the last. */
  readonly starts: Int32Array;
  /** Whether amounts are weights, which no sum takes in and gives back without a trace. */
  readonly areWeighted: boolean;
  readonly pairs: number;
  /** Pairs in the comparison of each rater. */
  readonly pairsOfRater: Int32Array;
}

/** @param judge codes of the judge, one per pair */
export function comparisonKinds(
  votes: VotesByPair,
  judge: Int8Array,
  options: AgreementOptions,
): ComparisonKinds {
  const { itemOfPair, itemCount, weights } = votes;
  const { codes, pairOf, pairs, pairsOfRater } = comparisonsOf(votes, judge, options);
  const numbered = weights === null ? null : numberByWeight(codes, pairOf, weights);
  const { values, starts, itemCounts } = distinctGroups(
    numbered?.numbers ?? codes,
    valuesAt(itemOfPair, pairOf),
    itemCount,
  );
  const contributions = contributionsOf(
    {
      starts,
      codes: numbered === null ? values : values.map((number) => numbered.codes[number] ?? 0),
      weights:
        numbered === null ? null : Float64Array.from(values, (number) => numbered.weights[number] ?? 0),
    },
    votes.raters.length,
    options.ties,
  );
  return { itemCounts, ...contributions, areWeighted: weights !== null, pairs, pairsOfRater };
}

/** One number per comparison: which rater, and the codes of consensus, judge and rater. */
function comparisonsOf(
  { raters, itemOfPair, weights }: VotesByPair,
  judge: Int8Array,
  options: AgreementOptions,
) {
  const fold = foldTable(options);
  const votes = votesOfPairs(raters, itemOfPair.length, fold);
  const codes = new Int32Array(votes.label.length);
  const pairOf = new Int32Array(votes.label.length);
  const pairsOfRater = new Int32Array(raters.length);
  const rule = ruleForOthers(options.consensus);
  const counts = new Int32Array(LABELS);
  const consensusWithout = new Int8Array(LABELS);
  let [count, pairs] = [0, 0];
  for (let pair = 0; pair < itemOfPair.length; pair++) {
    const verdict = fold[(judge[pair] ?? CODE.missing) + 1] ?? CODE.missing;
    if (verdict < 0 || (weights !== null && (weights[pair] ?? 0) === 0)) continue;
    const [from, to] = [votes.starts[pair] ?? 0, votes.starts[pair + 1] ?? 0];
    counts.fill(0);
    for (let vote = from; vote < to; vote++) {
      const label = votes.label[vote] ?? 0;
      counts[label] = (counts[label] ?? 0) + 1;
    }
    for (let own = 0; own < LABELS; own++) {
      const withOwn = counts[own] ?? 0;
      if (withOwn === 0) continue;
      counts[own] = withOwn - 1;
      consensusWithout[own] = labelOfCounts(counts, rule);
      counts[own] = withOwn;
    }
    const before = count;
    for (let vote = from; vote < to; vote++) {
      const [rater, own] = [votes.rater[vote] ?? 0, votes.label[vote] ?? 0];
      const gold = consensusWithout[own] ?? CODE.missing;
      if (gold < 0) continue;
      // Both or neither: a tie that is left out for one side of the comparison is left out for the other.
      if (options.ties === 'drop' && (verdict === CODE.tie || own === CODE.tie || gold === CODE.tie))
        continue;
      codes[count] = ((rater * 8 + gold) * 8 + verdict) * 8 + own;
      pairOf[count] = pair;
      count++;
      pairsOfRater[rater] = (pairsOfRater[rater] ?? 0) + 1;
    }
    if (count > before) pairs++;
  }
  return { codes: codes.subarray(0, count), pairOf: pairOf.subarray(0, count), pairs, pairsOfRater };
}

/**
 * Unanimity among the others would leave the easy pairs alone, and a model would have to be fitted once per rater: both
 * give way to the majority.
 */
function ruleForOthers(rule: AgreementOptions['consensus']): PairRule {
  return rule === 'unanimous' || rule === 'dawid_skene' ? 'majority' : rule;
}

/** Numbers comparisons by code and weight: where pairs weigh differently, items are alike only where their pairs weigh the same. */
function numberByWeight(codes: Int32Array, pairOf: Int32Array, weights: Float64Array) {
  const ascending = Float64Array.from(new Set(weights)).sort();
  const placeOf = new Map(Array.from(ascending, (weight, place) => [weight, place]));
  const keys = Float64Array.from(
    codes,
    (code, at) => code * ascending.length + (placeOf.get(weights[pairOf[at] ?? 0] ?? 0) ?? 0),
  );
  const distinct = Float64Array.from(new Set(keys)).sort();
  const numberOf = new Map(Array.from(distinct, (key, number) => [key, number]));
  return {
    numbers: Int32Array.from(keys, (key) => numberOf.get(key) ?? 0),
    codes: Int32Array.from(distinct, (key) => Math.floor(key / ascending.length)),
    weights: Float64Array.from(distinct, (key) => ascending[key % ascending.length] ?? 0),
  };
}

/** The comparisons of each kind of item. */
interface SaidByKind {
  readonly starts: Int32Array;
  readonly codes: Int32Array;
  /** Null where each counts once. */
  readonly weights: Float64Array | null;
}

function contributionsOf(
  said: SaidByKind,
  raters: number,
  ties: AgreementOptions['ties'],
): Pick<ComparisonKinds, 'cells' | 'amounts' | 'starts'> {
  const most = said.codes.length * (ties === 'half' ? 4 : 2);
  const cells = new Int32Array(most);
  const amounts = new Float64Array(most);
  const starts = new Int32Array(said.starts.length);
  /** Where each cell stands that the kind added to; before the kind's start where it did not. */
  const placeOf = new Int32Array(raters * 2 * CELLS).fill(-1);
  let end = 0;
  for (let kind = 0; kind + 1 < starts.length; kind++) {
    const start = end;
    const add = (cell: number, amount: number) => {
      const place = placeOf[cell] ?? -1;
      if (place >= start) {
        amounts[place] = (amounts[place] ?? 0) + amount;
        return;
      }
      cells[end] = cell;
      amounts[end] = amount;
      placeOf[cell] = end++;
    };
    for (let at = said.starts[kind] ?? 0; at < (said.starts[kind + 1] ?? 0); at++) {
      const code = said.codes[at] ?? 0;
      const weight = said.weights === null ? 1 : (said.weights[at] ?? 0);
      const [own, verdict, gold, rater] = [code & 7, (code >> 3) & 7, (code >> 6) & 7, code >> 9];
      for (const side of [0, 1]) {
        const column = side === 0 ? verdict : own;
        const table = (2 * rater + side) * CELLS;
        if (ties === 'separate') add(table + gold * TABLE_SIZE + column, weight);
        else
          for (const { row, column: to, amount } of cellsOf(gold, column, ties))
            add(table + row * TABLE_SIZE + to, weight * amount);
      }
    }
    starts[kind + 1] = end;
  }
  return { cells: cells.subarray(0, end), amounts: amounts.subarray(0, end), starts };
}
