/** Which pairs are looked at once more, and what for. */
import { z } from 'zod';

/** How many pairs of a kind a review may hold. */
export const REVIEWED_PAIRS = { least: 1, most: 100_000 } as const;

const reviewedPairs = z.int().min(REVIEWED_PAIRS.least).max(REVIEWED_PAIRS.most);
const judge = z.string().min(1).max(256);

export const reviewPlanSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('adjudication'),
    judge: judge
      .nullable()
      .default(null)
      .describe('Also pairs on which this judge says other than people. Null: where raters split, alone.'),
    pairs: reviewedPairs.default(50).describe('The most informative ones, so many at most.'),
    showsVotes: z
      .boolean()
      .default(true)
      .describe('Whether an adjudicator sees the raters’ votes on a pair after the own vote.'),
  }),
  z.strictObject({
    kind: z.literal('audit'),
    judge: judge.describe('Whose disagreements with people are looked at.'),
    disagreements: reviewedPairs.describe('Drawn at random among the pairs it differs on.'),
    agreements: reviewedPairs.describe('Drawn at random among the pairs it agrees on.'),
  }),
]);
export type ReviewPlan = z.output<typeof reviewPlanSchema>;

/** Why a pair was chosen for a review. */
export const REVIEW_STRATA = ['raters_split', 'judge_differs', 'judge_agrees', 'lead_chose'] as const;
export type ReviewStratum = (typeof REVIEW_STRATA)[number];
