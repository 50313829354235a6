/** Why people part on a pair, or a judge from them. */
export const DISAGREEMENT_CLASSES = [
  'ambiguous_item',
  'guideline_gap',
  'rater_error',
  'judge_error',
  'both_fine',
] as const;
export type DisagreementClass = (typeof DISAGREEMENT_CLASSES)[number];
