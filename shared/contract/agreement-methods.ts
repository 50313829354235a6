import { z } from 'zod';
import type { CardHead } from '../card/agreement-card.ts';
import { comparisonFilterSchema } from '../card/columns/comparison-filter.ts';
import { type CardPart, PART_NAMES } from '../card/figures/figure.ts';
import { agreementOptionsSchema } from '../labels/agreement-options.ts';
import type { Conversation } from '../study/conversation.ts';
import { leadMethod, leadReport } from './method.ts';

/** The card of one judge, or the parts of it that were asked for. */
export interface AgreementCard extends CardHead {
  readonly study: string;
  readonly isSynthetic: boolean;
  /** Policies that are not those of the study’s analysis plan, as sentences. */
  readonly deviations: readonly string[];
  readonly parts: readonly CardPart[];
}

/** The cards of all judges, and once what no judge changes. */
export interface AgreementCards {
  readonly study: string;
  readonly isSynthetic: boolean;
  readonly deviations: readonly string[];
  readonly parts: readonly CardPart[];
  readonly cards: readonly AgreementCard[];
}

/** One comparison as the lead may read it after unblinding. */
export interface OpenComparison {
  readonly id: string;
  readonly task: Conversation;
  readonly first: { readonly system: string; readonly output: Conversation };
  readonly second: { readonly system: string; readonly output: Conversation };
  readonly slices: Readonly<Record<string, string>>;
  readonly human: readonly {
    readonly rater: string;
    readonly verdict: string;
    readonly note: string | null;
    /** The lead leaves this rater’s votes out. */
    readonly isExcluded: boolean;
  }[];
  readonly decisions: readonly {
    readonly by: string;
    readonly verdict: string;
    readonly note: string | null;
  }[];
  readonly judge: readonly {
    readonly judge: string;
    readonly order: string;
    readonly verdict: string;
    readonly raw: string | null;
  }[];
}

const raterPairs = z
  .boolean()
  .default(false)
  .describe('Compare every two raters even where there are more than 20.');
const studyId = z.string().min(1).max(64);
const sliceName = z.strictObject({ name: z.string().max(128), value: z.string().max(1024) });

export const agreementMethods = {
  'agreement.card': leadMethod<AgreementCard>()({
    kind: 'query',
    reveals: 'blind',
    about:
      'The agreement card of one judge: agreement with people, biases, slices, what may be left to it. Aggregates only; systems have stand-ins for names while the study is blind.',
    input: z.strictObject({
      studyId,
      judge: z.string().max(256).optional().describe('The first by name where absent.'),
      options: agreementOptionsSchema.partial().default({}),
      slice: sliceName.optional().describe('Only the comparisons of this slice.'),
      raterPairs,
      parts: z
        .array(z.enum(PART_NAMES))
        .min(1)
        .max(PART_NAMES.length)
        .default([...PART_NAMES])
        .describe('Which parts; all by default. Calls for parts of one card share one computation.'),
    }),
  }),
  'agreement.cards': leadMethod<AgreementCards>()({
    kind: 'query',
    reveals: 'blind',
    about: 'The agreement cards of all judges, worked out together: what no judge changes stands there once.',
    input: z.strictObject({
      studyId,
      options: agreementOptionsSchema.partial().default({}),
      slice: sliceName.optional().describe('Only the comparisons of this slice.'),
      raterPairs,
    }),
  }),
  'agreement.comparisons': leadReport<{
    readonly total: number;
    readonly comparisons: readonly OpenComparison[];
  }>()({
    reveals: 'after_unblinding',
    about: 'The comparisons behind a figure.',
    input: z.strictObject({
      studyId,
      options: agreementOptionsSchema.partial().default({}),
      slice: sliceName.optional().describe('What the card is restricted to.'),
      filter: comparisonFilterSchema,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(50).default(10),
    }),
  }),
} as const;
