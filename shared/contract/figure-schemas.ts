/** Schemas of figures and of what they are made of. */
import { z } from 'zod';
import type { CardHead } from '../card/agreement-card.ts';
import { comparisonFilterSchema, type SliceName } from '../card/columns/comparison-filter.ts';
import { type CardPart, type Figure, PART_NAMES } from '../card/figures/figure.ts';
import { MEASURES, type MeasureName } from '../card/figures/measures.ts';
import { type FixedKind, ROW, type Subject } from '../card/figures/subject.ts';
import { agreementOptionsSchema } from '../labels/agreement-options.ts';
import { CONSENSUS_KINDS } from '../labels/consensus.ts';
import type { Estimate, Interval, Undefined } from '../stats/estimate.ts';
import { CATEGORY_NAMES } from '../study/verdict-codes.ts';
import { schemaOf } from './reply-schema.ts';

/** An interval as every figure has it. */
export const interval = schemaOf<Interval>()(() =>
  z.strictObject({
    low: z.number(),
    high: z.number(),
    level: z.number(),
    method: z.string().describe('How it was made.'),
  }),
);

export const undefinedResult = schemaOf<Undefined>()(() =>
  z.strictObject({ defined: z.literal(false), reason: z.string().describe('Why there is no value.') }),
);

/** A result of several parts, or the reason why there is none. */
export function outcomeOf<Parts extends z.ZodRawShape>(parts: Parts) {
  return z.discriminatedUnion('defined', [
    z.strictObject({ defined: z.literal(true), ...parts }),
    undefinedResult(),
  ]);
}

export const estimate = schemaOf<Estimate>()(() => outcomeOf({ value: z.number() }));

export const sliceName = schemaOf<SliceName>()(() => z.strictObject({ name: z.string(), value: z.string() }));

const category = z.enum(CATEGORY_NAMES);
const two = { first: z.string(), second: z.string() };

const subject = schemaOf<Subject>()(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(Object.keys(ROW) as [FixedKind, ...FixedKind[]]) }),
    z.strictObject({ kind: z.enum(['rater', 'judge', 'system']), name: z.string() }),
    z.strictObject({ kind: z.enum(['raters', 'judges', 'systems']), ...two }),
    z.strictObject({ kind: z.literal('slice'), name: z.string(), value: z.string() }),
    z.strictObject({ kind: z.literal('label'), label: z.enum([...CATEGORY_NAMES, 'error']) }),
    z.strictObject({ kind: z.literal('provenance'), of: z.enum(CONSENSUS_KINDS) }),
    z.strictObject({ kind: z.literal('votes'), rater: z.string(), label: category }),
    z.strictObject({
      kind: z.literal('policy'),
      policy: z.enum(['ties', 'consensus']),
      value: z.string(),
    }),
    z.strictObject({
      kind: z.literal('cell'),
      between: z.strictObject(two).nullable(),
      row: category,
      column: category,
    }),
    z.strictObject({
      kind: z.literal('length_gap'),
      group: z.number(),
      low: z.number().nullable(),
      high: z.number(),
    }),
    z.strictObject({
      kind: z.literal('score_bin'),
      bin: z.number(),
      low: z.number(),
      high: z.number(),
    }),
    z.strictObject({ kind: z.literal('surest'), share: z.number() }),
    z.strictObject({ kind: z.literal('strength'), steps: z.number() }),
    z.strictObject({ kind: z.literal('error_target'), share: z.number() }),
    z.strictObject({ kind: z.literal('epsilon'), epsilon: z.number() }),
  ]),
);

export const figure = schemaOf<Figure>()(() =>
  z.strictObject({
    subject: subject().describe('What of the part it is about. Unique with the measure within a part.'),
    row: z.string().describe('The subject in words, as unique as the subject.'),
    measure: z.enum(Object.keys(MEASURES) as [MeasureName, ...MeasureName[]]),
    n: z.number().describe('How many of what its measure counts it rests on.'),
    value: z.number().nullable().describe('Null where it is undefined; never NaN.'),
    reason: z.string().nullable().describe('Why there is no value.'),
    interval: interval().nullable(),
    noInterval: z.string().nullable().describe('Why there is no interval.'),
    split: z.enum(['dev', 'test', 'dev + test']).describe('Which side of the stable split its pairs are on.'),
    weighing: z
      .enum(['weighed', 'unweighed'])
      .nullable()
      .describe('Whether drawn pairs weigh what they stand for. Null where there is nothing to weigh.'),
    seed: z.null().describe('No figure of the card is random.'),
    behind: comparisonFilterSchema.nullable().describe('The comparisons behind it.'),
  }),
);

const words = z.strictObject({ row: z.string(), text: z.string() });

export const cardPart = schemaOf<CardPart>()(() =>
  z.strictObject({
    name: z.enum(PART_NAMES),
    figures: z.array(figure()),
    words: z
      .array(words)
      .describe('Sentences of the part, each about one of its rows or a topic of its own.'),
  }),
);

/** What a card says of itself before any figure. */
export const cardHead = schemaOf<CardHead>()(() =>
  z.strictObject({
    judges: z.array(z.string()).describe('All judges with a verdict on these pairs.'),
    judge: z.string().nullable().describe('The judge of the card; null where the study has none.'),
    options: agreementOptionsSchema,
    slice: sliceName().nullable().describe('What the card is restricted to; null for the whole study.'),
    pairs: z.int(),
    splits: z
      .strictObject({ dev: z.int(), test: z.int() })
      .describe('How many pairs are on each side of the stable split: a judge may be tuned on dev alone.'),
    items: z.int(),
    isWeighted: z.boolean().describe('Whether pairs were drawn with different chances.'),
    raters: z.array(z.string()),
    excluded: z.array(z.string()).describe('Raters whose votes are left out of every figure.'),
    leftOut: z.int().describe('Pairs of the study that are left out of every figure.'),
    adjudicated: z.int().describe('Pairs whose label was decided by an adjudicator.'),
    systems: z.array(z.string()),
    systemsAreNamed: z.boolean(),
  }),
);
