/** Which disagreements are looked at. All conditions must hold. */
import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { DISAGREEMENT_CLASSES } from './disagreement-class.ts';

const name = z.string().min(1).max(256);

export const disagreementFilterSchema = z.strictObject({
  between: z
    .enum(['raters', 'judge', 'either'])
    .default('raters')
    .describe(
      'raters: those who count split; judge: its verdict, under the plan’s policies, is not people’s label, for unblinded studies only; either: one of both.',
    ),
  judge: name.optional().describe('Which judge; the first by name without it.'),
  rater: name
    .optional()
    .describe('This rater says other than more than half of the others, whoever parts besides.'),
  direction: z
    .enum(['opposite', 'side_against_tie', 'tie_against_side'])
    .optional()
    .describe(
      'Who parts (the rater named, else the judge, else the minority) says: the other side; a side where the rest says tie or both bad; the reverse.',
    ),
  slice: z.strictObject({ name: z.string().max(128), value: z.string().max(1024) }).optional(),
  lengthGap: z
    .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
    .optional()
    .describe(
      '|left − right| / (left + right) of the lengths, above the first (from it, where it is 0) and up to the second.',
    ),
  class: z
    .enum([...DISAGREEMENT_CLASSES, 'none'])
    .optional()
    .describe('none: not classified yet.'),
});
export type DisagreementFilter = DeepReadonly<z.output<typeof disagreementFilterSchema>>;
