import { otherVerdict } from '../../study/verdict.ts';
import type { JudgeRow } from './native.ts';
import { otherScore } from './other-score.ts';

const OTHER_ORDER = { a_first: 'b_first', b_first: 'a_first', both: 'both', unknown: 'unknown' } as const;

/** The same judgment of a pair whose outputs have changed places. */
export function turnJudgment(judgment: JudgeRow): JudgeRow {
  const { order, verdict, score } = judgment;
  return {
    ...judgment,
    order: OTHER_ORDER[order],
    verdict: otherVerdict(verdict),
    ...(score === undefined ? {} : { score: otherScore(score) }),
  };
}
