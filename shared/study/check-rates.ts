import { z } from 'zod';

const share = z.number().min(0).max(0.3);

/** How often a rater is given a pair that checks instead of a new one. Such a pair looks like any other. */
export const checkRatesSchema = z.strictObject({
  repeatShare: share.describe('Earlier pairs of the same rater again, sides swapped.'),
  catchShare: share.describe('Pairs with one right answer: one output twice, or an output of another task.'),
  goldShare: share.describe('Pairs whose answer is known.'),
  repeatGap: z
    .int()
    .min(1)
    .max(1000)
    .describe('How many pairs lie at least between a pair and what shows its texts again.'),
});
export type CheckRates = z.infer<typeof checkRatesSchema>;

/** Share of all pairs shown that check. */
export function checkShare({ repeatShare, catchShare, goldShare }: CheckRates): number {
  return repeatShare + catchShare + goldShare;
}
