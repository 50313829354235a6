import { z } from 'zod';
import { agreementOptionsSchema } from '../domain/agreement-options.ts';
import type { AgreementReport } from '../domain/agreement-report.ts';
import type { Conversation } from '../domain/conversation.ts';
import { CATEGORY_NAMES } from '../domain/verdict-codes.ts';
import { leadMethod } from './method.ts';

/** A report over one slice value of a study, beside the whole. */
export interface SliceReport {
  readonly slice: string;
  readonly value: string;
  readonly report: AgreementReport;
}

export interface StudyAgreement {
  readonly study: string;
  readonly isSynthetic: boolean;
  readonly report: AgreementReport;
  readonly bySlice: readonly SliceReport[];
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
  }[];
  readonly judge: readonly {
    readonly judge: string;
    readonly order: string;
    readonly verdict: string;
    readonly raw: string | null;
  }[];
}

const category = z.enum(CATEGORY_NAMES);

export const agreementMethods = {
  'agreement.report': leadMethod<StudyAgreement>()({
    kind: 'query',
    reveals: 'blind',
    about: 'Agreement of raters with each other and of judges with the consensus. Aggregates only.',
    input: z.strictObject({
      studyId: z.string().min(1).max(64),
      options: agreementOptionsSchema.partial().default({}),
      bySlice: z.string().max(128).optional().describe('A slice name: one more report per value.'),
    }),
  }),
  'agreement.comparisons': leadMethod<{
    readonly total: number;
    readonly comparisons: readonly OpenComparison[];
  }>()({
    kind: 'query',
    reveals: 'after_unblinding',
    about: 'The comparisons behind one cell of a matrix.',
    input: z.strictObject({
      studyId: z.string().min(1).max(64),
      options: agreementOptionsSchema.partial().default({}),
      between: z.union([
        z.strictObject({ judge: z.string().max(256) }),
        z.strictObject({ raterA: z.string().max(120), raterB: z.string().max(120) }),
      ]),
      row: category,
      column: category,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(50).default(10),
    }),
  }),
} as const;
