/** How pairs are drawn to be rated. */
import { z } from 'zod';

/** How many pairs may be drawn at one time. */
export const DRAWN_PAIRS = { least: 1, most: 10_000_000 } as const;

const pairs = z.int().min(DRAWN_PAIRS.least).max(DRAWN_PAIRS.most).describe('How many pairs to draw.');
const slice = z.string().min(1).max(128).describe('The name of a slice.');
const emphasis = z
  .number()
  .gt(1)
  .max(100)
  .describe('How many times likelier a pair of the highest priority is drawn than one of none.');

/**
 * `random`: every pair with one probability. `stratified`: from every value of a slice, in proportion or by quota.
 * `prioritised`: pairs that promise more with a higher probability, none with 0.
 */
export const selectionMethodSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('random'), pairs }),
  z.strictObject({
    kind: z.literal('stratified'),
    pairs,
    slice,
    quotas: z
      .record(z.string().max(256), z.int().min(1))
      .optional()
      .describe('Pairs by value; a value without one gets its proportion of what is left.'),
  }),
  z.strictObject({
    kind: z.literal('prioritised'),
    pairs,
    emphasis,
    by: z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('judge_uncertain'), judge: z.string().min(1).max(256) }),
      z.strictObject({ what: z.literal('judge_inconsistent'), judge: z.string().min(1).max(256) }),
      z.strictObject({ what: z.literal('raters_split') }),
      z.strictObject({ what: z.literal('rare_slice'), slice }),
    ]),
  }),
]);
export type SelectionMethod = z.infer<typeof selectionMethodSchema>;
