import { z } from 'zod';
import { comparisonFilterSchema } from '../card/columns/comparison-filter.ts';
import { PART_NAMES } from '../card/figures/figure.ts';
import { GATE_OUTCOMES } from '../card/gate/gate-check.ts';
import { baselineSchema, type GateResult } from '../card/gate/gate-result.ts';
import { gateRuleSchema } from '../card/gate/gate-rule.ts';
import { agreementOptionsSchema } from '../labels/agreement-options.ts';
import { DISAGREEMENT_CLASSES } from '../review/disagreement-class.ts';
import { conversationSchema } from '../study/conversation-schema.ts';
import { cardHead, cardPart } from './figure-schemas.ts';
import { leadReport, leadTask } from './method.ts';
import { lazily, type ReplyOfSchema, schemaOf } from './reply-schema.ts';

const agreementCard = lazily(() =>
  cardHead().extend({
    study: z.string(),
    isSynthetic: z.boolean(),
    deviations: z
      .array(z.string())
      .describe('Policies that are not those of the study’s analysis plan, as sentences.'),
    parts: z.array(cardPart()),
  }),
);
/** The card of one judge, or the parts of it that were asked for. */
export type AgreementCard = ReplyOfSchema<typeof agreementCard>;

/** The cards of all judges, and once what no judge changes. */
const agreementCards = lazily(() =>
  z.strictObject({
    study: z.string(),
    isSynthetic: z.boolean(),
    deviations: z.array(z.string()),
    parts: z.array(cardPart()),
    cards: z.array(agreementCard()),
  }),
);

const openComparison = lazily(() =>
  z.strictObject({
    pair: z.int().describe('As decisions about a pair name it.'),
    id: z.string(),
    agrees: z
      .boolean()
      .nullable()
      .describe('Whether the two that the filter compares say the same of it; null where it compares none.'),
    class: z.enum(DISAGREEMENT_CLASSES).nullable().describe('What a lead called the disagreement.'),
    task: conversationSchema,
    first: z.strictObject({
      system: z.string(),
      output: conversationSchema,
    }),
    second: z.strictObject({
      system: z.string(),
      output: conversationSchema,
    }),
    slices: z.record(z.string(), z.string()),
    human: z.array(
      z.strictObject({
        rater: z.string(),
        verdict: z.string(),
        note: z.string().nullable(),
        isExcluded: z.boolean().describe('The lead leaves this rater’s votes out.'),
      }),
    ),
    decisions: z.array(
      z.strictObject({
        by: z.string(),
        verdict: z.string(),
        note: z.string().nullable(),
      }),
    ),
    judge: z.array(
      z.strictObject({
        judge: z.string(),
        order: z.string(),
        verdict: z.string(),
        raw: z.string().nullable(),
      }),
    ),
  }),
);
/** One comparison as the lead may read it after unblinding. */
export type OpenComparison = ReplyOfSchema<typeof openComparison>;

const gateCheck = {
  about: z.string(),
  n: z.int(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  reason: z.string(),
};

const gateResult = schemaOf<GateResult>()(() =>
  z.strictObject({
    touchgate: z.literal(1),
    study: z.string(),
    isSynthetic: z.boolean(),
    judge: z.string(),
    options: z.strictObject(agreementOptionsSchema.shape),
    rule: gateRuleSchema,
    pairs: z.int(),
    items: z.int(),
    raters: z.int(),
    outcome: z.enum(GATE_OUTCOMES),
    checks: z
      .array(
        z.strictObject({
          ...gateCheck,
          name: z.enum(['min_kappa', 'max_flip_rate', 'not_below', 'alt_test']),
          asked: z.string(),
          outcome: z.enum(GATE_OUTCOMES),
        }),
      )
      .readonly(),
    figures: z
      .array(
        z.strictObject({
          ...gateCheck,
          measure: z.enum(['kappa', 'flip_rate']),
          level: z.number().nullable(),
          reason: z.string().nullable(),
        }),
      )
      .readonly(),
  }),
);

const raterPairs = z
  .boolean()
  .default(false)
  .describe('Compare every two raters even where there are more than 20.');
const studyId = z.string().min(1).max(64);
const slice = z.strictObject({ name: z.string().max(128), value: z.string().max(1024) });

export const agreementMethods = {
  'agreement.card': leadTask({
    kind: 'query',
    reveals: 'blind',
    about:
      'The agreement card of one judge: agreement with people, biases, slices, what may be left to it. Aggregates only; systems have stand-ins for names while the study is blind.',
    input: z.strictObject({
      studyId,
      judge: z.string().max(256).optional().describe('The first by name where absent.'),
      options: agreementOptionsSchema.partial().default({}),
      slice: slice.optional().describe('Only the comparisons of this slice.'),
      raterPairs,
      parts: z
        .array(z.enum(PART_NAMES))
        .min(1)
        .max(PART_NAMES.length)
        .default([...PART_NAMES])
        .describe('Which parts; all by default. Calls for parts of one card share one computation.'),
    }),
    reply: agreementCard,
  }),
  'agreement.cards': leadTask({
    kind: 'query',
    reveals: 'blind',
    about: 'The agreement cards of all judges, worked out together: what no judge changes stands there once.',
    input: z.strictObject({
      studyId,
      options: agreementOptionsSchema.partial().default({}),
      slice: slice.optional().describe('Only the comparisons of this slice.'),
      raterPairs,
    }),
    reply: agreementCards,
  }),
  'agreement.gate': leadReport({
    callers: 'commands',
    reveals: 'blind',
    about: 'Whether a judge is as a rule asks, on all pairs and on named slices, from one view of the store.',
    input: z.strictObject({
      studyId,
      judge: z.string().min(1).max(256),
      options: agreementOptionsSchema.partial().default({}),
      rule: gateRuleSchema,
      baseline: baselineSchema.nullable().describe('What an earlier gate found: kappa must not have fallen.'),
    }),
    reply: gateResult,
  }),
  'agreement.comparisons': leadReport({
    reveals: 'after_unblinding',
    about: 'The comparisons behind a figure, those on which the two that it compares part first.',
    input: z.strictObject({
      studyId,
      options: agreementOptionsSchema.partial().default({}),
      slice: slice.optional().describe('What the card is restricted to.'),
      filter: comparisonFilterSchema,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(50).default(10),
    }),
    reply: () =>
      z.strictObject({
        total: z.int(),
        comparisons: z.array(openComparison()),
      }),
  }),
} as const;
