import type { JudgmentScore } from '../../study/judgment-score.ts';

/** What a judge's number says of the outputs in the other order. */
export function otherScore(score: JudgmentScore): JudgmentScore {
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
