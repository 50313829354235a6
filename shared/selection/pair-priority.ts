/** What a pair promises, from 0 to 1: the part of a draw's probabilities that is not the same for all. */
import type { CardData, JudgeColumn } from '../card/columns/card-data.ts';
import { CODE } from '../study/verdict-codes.ts';
import type { SelectionMethod } from './selection-method.ts';

type Priority = Extract<SelectionMethod, { kind: 'prioritised' }>['by'];

/** The priority of each pair; or which judge or slice the data does not have. */
export function pairPriorities(
  data: CardData,
  by: Priority,
): Float64Array | { readonly missing: 'judge' | 'slice' } {
  const pairs = data.pairIds.length;
  switch (by.what) {
    case 'judge_inconsistent':
    case 'judge_uncertain': {
      const judge = data.judges.find(({ name }) => name === by.judge);
      if (judge === undefined) return { missing: 'judge' };
      const surest = surestOf(judge);
      return Float64Array.from({ length: pairs }, (_priority, pair) =>
        by.what === 'judge_inconsistent' ? inconsistency(judge, pair) : uncertainty(judge, pair, surest),
      );
    }
    case 'raters_split':
      return splitItems(data);
    case 'rare_slice': {
      const values = data.slices().filter(({ name }) => name === by.slice);
      if (values.length === 0) return { missing: 'slice' };
      const rarest = Math.min(...values.map((value) => value.pairs.length));
      const priorities = new Float64Array(pairs);
      for (const value of values)
        for (const pair of value.pairs) priorities[pair] = rarest / value.pairs.length;
      return priorities;
    }
  }
}

function inconsistency(judge: JudgeColumn, pair: number): number {
  return judge.codes[pair] === CODE.inconsistent ? 1 : 0;
}

/** What stands for being wholly sure: 1 of probabilities, votes and preferences, else the most the judge was. */
function surestOf({ sureness }: JudgeColumn): number {
  if (sureness === null || (sureness.source !== 'points' && sureness.source !== 'sureness')) return 1;
  let surest = 0;
  for (const value of sureness.values) if (value > surest) surest = value;
  return surest;
}

/** By the judge's probability where it gave one, else by how sure it says it is; a contradiction between orders counts full. */
function uncertainty(judge: JudgeColumn, pair: number, surest: number): number {
  if (inconsistency(judge, pair) === 1) return 1;
  const probability = judge.probabilityFirst?.[pair] ?? Number.NaN;
  if (!Number.isNaN(probability)) return 1 - Math.abs(2 * probability - 1);
  const sureness = judge.sureness?.values[pair] ?? Number.NaN;
  if (Number.isNaN(sureness)) return 0;
  return surest === 0 ? 1 : Math.min(1, Math.max(0, 1 - sureness / surest));
}

/** Pairs of an item get the share of its rated pairs on which raters were split. */
function splitItems({ raters, itemOfPair, itemCount, pairIds }: CardData): Float64Array {
  const [rated, split] = [new Int32Array(itemCount), new Int32Array(itemCount)];
  for (let pair = 0; pair < pairIds.length; pair++) {
    const said = new Set(
      raters.map(({ codes }) => codes[pair] ?? -1).filter((code) => code >= 0 && code <= 3),
    );
    const item = itemOfPair[pair] ?? 0;
    if (said.size > 0) rated[item] = (rated[item] ?? 0) + 1;
    if (said.size > 1) split[item] = (split[item] ?? 0) + 1;
  }
  return Float64Array.from(itemOfPair, (item) =>
    (rated[item] ?? 0) === 0 ? 0 : (split[item] ?? 0) / (rated[item] ?? 1),
  );
}
