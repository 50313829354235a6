/** Raters give labels; adjudicators decide on pairs that raters voted on, and are no raters of the study. */
export const RATER_ROLES = ['rater', 'adjudicator'] as const;
export type RaterRole = (typeof RATER_ROLES)[number];
