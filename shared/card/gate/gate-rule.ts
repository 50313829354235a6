import { z } from 'zod';
import type { DeepReadonly } from '../../json/deep-readonly.ts';

/** What a build asks of a judge. */
export const gateRuleSchema = z.strictObject({
  minKappa: z.number().min(-1).max(1).nullable().describe('Least kappa with people’s label.'),
  maxFlipRate: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('Greatest share of pairs on which the two orders contradict each other.'),
  bound: z
    .enum(['lower', 'point'])
    .describe('lower: the whole interval must be on the right side; point: the estimate alone decides.'),
  margin: z
    .number()
    .min(0)
    .max(1)
    .describe('How far kappa may have fallen below the baseline and still not be called lower.'),
  altTestEpsilon: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('The alternative annotator test must pass with the judge allowed to be worse by this much.'),
  slices: z
    .array(z.strictObject({ name: z.string(), value: z.string() }))
    .describe('Slices on which kappa and flip rate must hold as well.'),
});
export type GateRule = DeepReadonly<z.infer<typeof gateRuleSchema>>;

/** Usual margin: what the card calls as good as a rater. */
export const USUAL_MARGIN = 0.1;
