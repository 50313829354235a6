import type { SurenessSource } from '../../judge/sureness.ts';
import { foldCode } from '../../labels/label-pairs.ts';
import type { JudgeView } from './judge-view.ts';

/** The pairs on which a judge said how sure it is, and people gave a label. */
export interface ScoredPairs {
  readonly source: SurenessSource;
  readonly pairs: Int32Array;
  /** The judge's sureness of its verdict. */
  readonly scores: Float64Array;
  /** 1 where the judge's verdict is people's label, else 0. */
  readonly agrees: Uint8Array;
  readonly items: Int32Array;
}

/** Null where the judge says of no pair how sure it is. */
export function scoredPairs({ data, judge, options, people }: JudgeView): ScoredPairs | null {
  if (judge.sureness === null) return null;
  const { source, values: scores } = judge.sureness;
  const labelOf = (pair: number) => foldCode(people[pair] ?? -1, options);
  const verdictOn = (pair: number) => foldCode(judge.codes[pair] ?? -1, options);
  const pairs = Int32Array.from(people.keys()).filter(
    (pair) => labelOf(pair) >= 0 && verdictOn(pair) >= 0 && !Number.isNaN(scores[pair]),
  );
  return {
    source,
    pairs,
    scores: Float64Array.from(pairs, (pair) => scores[pair] ?? 0),
    agrees: Uint8Array.from(pairs, (pair) => Number(labelOf(pair) === verdictOn(pair))),
    items: Int32Array.from(pairs, (pair) => data.itemOfPair[pair] ?? 0),
  };
}
