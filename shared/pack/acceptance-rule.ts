import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';

/** Which end of a figure must reach its least value. `upper`: it fails only where it is shown to be lower. */
const BOUNDS = ['estimate', 'lower', 'upper'] as const;

const leastSchema = (about: string) =>
  z
    .strictObject({
      least: z.number().min(0).max(1),
      bound: z.enum(BOUNDS).describe('The estimate, or an end of its 95 % interval.'),
    })
    .nullable()
    .describe(`${about} Null: not asked for.`);

/** When a lead takes a vendor's work. It is fixed in the pack, so that both sides can work it out. */
export const acceptanceRuleSchema = z.strictObject({
  coverage: z
    .number()
    .min(0)
    .max(1)
    .describe('Least share of the pairs that have a vote or a reasoned skip.'),
  mostSkipped: z.number().min(0).max(1).describe('Greatest share of skips among what was answered.'),
  gold: leastSchema('Share of pairs with a known answer that are answered so.'),
  catches: leastSchema('Share of pairs with one right answer that are answered so.'),
  selfConsistency: leastSchema(
    'Share of pairs answered the same way when they come again with sides swapped.',
  ),
  agreement: leastSchema(
    'Share of pairs of raters who say the same of a pair, over the pairs with two raters or more.',
  ),
  mostAnomalies: z
    .number()
    .min(0)
    .max(1)
    .describe('Greatest share of votes whose times cannot be, or are faster than reading.'),
  charactersPerSecond: z
    .int()
    .min(50)
    .max(100_000)
    .describe('A vote that took both outputs in faster than this was not read.'),
});
export type AcceptanceRule = DeepReadonly<z.infer<typeof acceptanceRuleSchema>>;
export type Least = NonNullable<AcceptanceRule['gold']>;
