import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';

const shortName = z.string().trim().min(1).max(60);

/** What raters are asked beside the verdict as a whole. Versioned with the guideline. */
export const rubricSchema = z
  .strictObject({
    criteria: z
      .array(
        z.strictObject({
          name: shortName,
          about: z.string().max(500),
          required: z.boolean().optional().describe('Whether no vote but a skip goes without it.'),
        }),
      )
      .max(8)
      .describe('Each is judged left, right or tie beside the verdict as a whole.'),
    reasonTags: z.array(shortName).max(20).describe('Short reasons a rater may tick.'),
  })
  .refine(({ criteria }) => new Set(criteria.map(({ name }) => name)).size === criteria.length, {
    message: 'two criteria have the same name',
    path: ['criteria'],
  })
  .refine(({ reasonTags }) => new Set(reasonTags).size === reasonTags.length, {
    message: 'two reason tags are the same',
    path: ['reasonTags'],
  });
export type Rubric = DeepReadonly<z.infer<typeof rubricSchema>>;

export const NO_RUBRIC: Rubric = { criteria: [], reasonTags: [] };
