import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { raterNameSchema, studyNameSchema } from '../study/study.ts';
import { acceptanceRuleSchema } from './acceptance-rule.ts';
import { MOST_RATERS } from './pack-manifest.ts';

/** What becomes of findings of a kind. `undecided`: a pack with such findings is not written. */
export const FINDING_POLICIES = ['undecided', 'accept', 'mask'] as const;

/** What one revision of a pack was asked to hold. */
export const packOptionsSchema = z.strictObject({
  title: studyNameSchema.describe('What raters read in place of the study’s name.'),
  raters: z
    .array(raterNameSchema)
    .min(1)
    .max(MOST_RATERS)
    .refine((names) => new Set(names).size === names.length, { message: 'two pseudonyms are the same' })
    .describe('Pseudonyms of those who will work in it.'),
  share: z
    .number()
    .gt(0)
    .max(1)
    .nullable()
    .describe('Share of the pairs to be rated, drawn at random; null for all, or where pairs are named.'),
  pairs: z.array(z.string().min(1).max(256)).min(1).max(1_000_000).nullable().describe('Pairs by their id.'),
  identity: z.enum(FINDING_POLICIES).describe('Places that say who wrote a text.'),
  personal: z.enum(FINDING_POLICIES).describe('Places that look like personal data or keys.'),
  spared: z
    .array(z.string().min(1).max(10_000))
    .max(10_000)
    .describe('Found texts that are left as they stand, whatever becomes of the others.'),
  acceptance: acceptanceRuleSchema,
});
export type PackOptions = DeepReadonly<z.infer<typeof packOptionsSchema>>;
