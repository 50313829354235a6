import { otherSide } from '../domain/verdict.ts';
import type { JudgeRow } from './native.ts';
import { otherScore } from './other-verdict.ts';

const OTHER_ORDER = { a_first: 'b_first', b_first: 'a_first', both: 'both', unknown: 'unknown' } as const;

/** The same judgment of a pair whose outputs have changed places. */
export function turnedJudgment(judgment: JudgeRow): JudgeRow {
  const { order, verdict, score } = judgment;
  return {
    ...judgment,
    order: OTHER_ORDER[order],
    verdict: verdict === 'first' || verdict === 'second' ? otherSide(verdict) : verdict,
    ...(score === undefined ? {} : { score: otherScore(score) }),
  };
}
