/** Which pairs of a study are looked at. All conditions must hold. */
import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { DISAGREEMENT_CLASSES } from '../review/disagreement-class.ts';
import { KNOWN_STAGES } from '../study/known-answer.ts';

/**
 * How far a pair is that raters are to label. `skipped`: everybody who had it passed it over. `part`: it has a label, and fewer
 * than the study asks for.
 */
export const PAIR_STATUSES = ['unlabelled', 'part', 'done', 'skipped'] as const;
export type PairStatus = (typeof PAIR_STATUSES)[number];

/** Whether somebody looks at a pair once more. */
export const REVIEW_STATES = ['waiting', 'decided'] as const;

/** What a pair whose answer is known can be asked for as. */
export const CHECK_KINDS = [...KNOWN_STAGES, 'none'] as const;

export const CLASS_CHOICES = [...DISAGREEMENT_CLASSES, 'none'] as const;

export const REVIEW_CHOICES = [...REVIEW_STATES, 'none'] as const;

export const pairFilterSchema = z.strictObject({
  text: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .describe(
      'In the task or an output, in any case of letters, or in the id. While the study is blind an id is found only where it is given whole.',
    ),
  id: z.string().min(1).max(256).optional().describe('The whole id in its file.'),
  status: z.enum(PAIR_STATUSES).optional().describe('Of pairs that are to be labelled.'),
  slice: z.strictObject({ name: z.string().max(128), value: z.string().max(1024) }).optional(),
  fewestLabels: z.int().min(0).max(10_000).optional(),
  mostLabels: z.int().min(0).max(10_000).optional(),
  split: z.enum(['dev', 'test']).optional(),
  check: z.enum(CHECK_KINDS).optional().describe('none: pairs whose answer is not known.'),
  class: z.enum(CLASS_CHOICES).optional().describe('none: not classified.'),
  review: z
    .enum(REVIEW_CHOICES)
    .optional()
    .describe('While the study is blind, reviews that rest on a judge are not told.'),
  isLeftOut: z.boolean().optional().describe('Whether the lead leaves the pair out.'),
});
export type PairFilter = DeepReadonly<z.output<typeof pairFilterSchema>>;
