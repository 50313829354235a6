/** Which comparisons stand behind a figure: conditions that must all hold. */
import { z } from 'zod';
import { CATEGORY_NAMES } from '../../study/verdict-codes.ts';

const name = z.string().max(256);

export const comparisonFilterSchema = z.strictObject({
  between: z
    .union([
      z.strictObject({ judge: name }).describe('People’s label and this judge.'),
      z.strictObject({ raterA: name, raterB: name }),
      z.strictObject({ judge: name, rater: name }),
      z.strictObject({ judgeA: name, judgeB: name }),
    ])
    .describe('Both must have a label under the options.'),
  row: z.enum(CATEGORY_NAMES).optional().describe('The first one’s category.'),
  column: z.enum(CATEGORY_NAMES).optional().describe('The second one’s category.'),
  agree: z.boolean().optional(),
  slice: z.strictObject({ name: z.string().max(128), value: z.string().max(1024) }).optional(),
  systems: z.tuple([name, name]).readonly().optional().describe('As the card names them, in either order.'),
  system: name.optional().describe('One of the two is this system.'),
  lengthGap: z
    .tuple([z.number(), z.number()])
    .readonly()
    .optional()
    .describe('|a − b| / (a + b) of the lengths, above the first and up to the second.'),
  orders: z
    .enum(['same', 'both_first', 'both_second', 'other'])
    .optional()
    .describe('What the judge said in its two orders, by place.'),
  favours: z
    .strictObject({
      feature: z.enum(['longer', 'list', 'markdown', 'own', 'family']),
      by: z.enum(['judge', 'people', 'judge_only', 'people_only']),
    })
    .optional()
    .describe('Who prefers the output with the feature, where exactly one has it and both decided.'),
  confidence: z
    .tuple([z.number(), z.number()])
    .readonly()
    .optional()
    .describe('The judge’s sureness, above the first and up to the second.'),
});
export type ComparisonFilter = z.infer<typeof comparisonFilterSchema>;

/** What a filter, or a whole card, may be restricted to. */
export interface SliceName {
  readonly name: string;
  readonly value: string;
}
