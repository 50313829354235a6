import type { DisagreementClass } from '../../../shared/review/disagreement-class.ts';

/** What a lead calls a disagreement, in the order of the keys. */
export const CLASS_NAMES: Readonly<Record<DisagreementClass, string>> = {
  ambiguous_item: 'Ambiguous item',
  guideline_gap: 'Guideline gap',
  rater_error: 'Rater error',
  judge_error: 'Judge error',
  both_fine: 'Both fine',
};
