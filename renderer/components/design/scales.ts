import type { VerdictScale } from '../../../shared/domain/verdict.ts';

/** What a rater may answer, in words. */
export const SCALES: Readonly<Record<VerdictScale, string>> = {
  two_way: 'left or right',
  with_tie: 'left, right or tie',
  with_tie_and_both_bad: 'left, right, tie or both bad',
  graded_5: 'five steps from left to right',
  graded_7: 'seven steps from left to right',
};
