/** When a lead wants to hear of a rater, and when the rater's work is to stop by itself. */
import { z } from 'zod';

/** `pause`: the rater is warned of, too, and gets no further pair until the lead lets them go on. */
const consequenceSchema = z.enum(['nothing', 'warn', 'pause']);
export type Consequence = z.infer<typeof consequenceSchema>;

const shareRule = z.strictObject({
  wanted: z.number().gt(0).lt(1).describe('A share between 0 and 1.'),
  consequence: consequenceSchema,
});

export const qualityRulesSchema = z.strictObject({
  gold: shareRule.describe('Gold pairs answered as known, at least.'),
  catch: shareRule.describe('Catch pairs answered rightly, at least.'),
  repeats: shareRule.describe('Repeated pairs answered as the first time, at least.'),
  tooFast: shareRule.describe('Votes faster than the texts can be skimmed, at most.'),
  side: z
    .strictObject({ consequence: consequenceSchema })
    .describe('One side is chosen more often than the other.'),
  outlier: z
    .strictObject({ consequence: consequenceSchema })
    .describe('Contradicts others more often than they do.'),
  drift: z.strictObject({ consequence: consequenceSchema }).describe('Agreement with the others fell.'),
});
export type QualityRules = z.infer<typeof qualityRulesSchema>;
