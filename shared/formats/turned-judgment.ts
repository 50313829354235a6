import { otherSide } from '../domain/verdict.ts';
import type { JudgeRow } from './native.ts';

const OTHER_ORDER = { a_first: 'b_first', b_first: 'a_first', both: 'both', unknown: 'unknown' } as const;

/** The same judgment of a pair whose outputs have changed places. */
export function turnedJudgment(judgment: JudgeRow): JudgeRow {
  const { order, verdict, score } = judgment;
  return {
    ...judgment,
    order: OTHER_ORDER[order],
    verdict: verdict === 'first' || verdict === 'second' ? otherSide(verdict) : verdict,
    ...(score === undefined ? {} : { score: turnedScore(score) }),
  };
}

function turnedScore(score: NonNullable<JudgeRow['score']>): NonNullable<JudgeRow['score']> {
  if (typeof score === 'number') return score;
  switch (score.kind) {
    case 'first_probability':
      return { ...score, value: 1 - score.value };
    case 'preference':
    case 'points':
      return { ...score, first: score.second, second: score.first };
    default:
      return score;
  }
}
