import { z } from 'zod';
import { leadReport } from './method.ts';
import { lazily, type ReplyOfSchema } from './reply-schema.ts';

const auditReport = lazily(() =>
  z.strictObject({
    entries: z.int(),
    hash: z
      .string()
      .describe('Of the last row: noted elsewhere, it shows later that nothing up to it was written anew.'),
    broken: z
      .strictObject({
        row: z.int(),
        reason: z.string(),
      })
      .nullable()
      .describe('The first row that is not as it was written; null where all are.'),
    notCovered: z
      .array(z.string())
      .describe(
        'Records that no row stands for, as sentences: those of older stores, and of a judge’s run that has not ended.',
      ),
  }),
);
/** Whether the audit log is what was written. */
export type AuditReport = ReplyOfSchema<typeof auditReport>;

const auditPage = lazily(() =>
  z.strictObject({
    head: z
      .strictObject({ entries: z.int(), hash: z.string() })
      .describe('How long the whole log is, votes among its rows, and the hash of its last row.'),
    acts: z.array(
      z.strictObject({
        row: z.int(),
        at: z.int(),
        actor: z.string(),
        action: z.string(),
        text: z.string().describe('What was done, in words; empty where the row was emptied with its study.'),
      }),
    ),
    older: z.int().nullable().describe('What to ask for as `before`; null where nothing is older.'),
  }),
);
/** Acts of the log, the latest first. */
export type AuditPage = ReplyOfSchema<typeof auditPage>;

export const auditMethods = {
  'audit.list': leadReport({
    reveals: 'blind',
    about:
      'What was done in a study, or to the store as a whole, the latest first. Votes are not listed: each has a receipt. While the study is blind no file is named.',
    input: z.strictObject({
      studyId: z.string().min(1).max(64).nullable().describe('Null for what is about no study.'),
      before: z.int().min(1).nullable().default(null).describe('Only rows before this one.'),
      limit: z.int().min(1).max(200).default(50),
    }),
    reply: auditPage,
  }),
  'audit.verify': leadReport({
    reveals: 'blind',
    about: 'Checks the chain of the audit log and the receipts of votes, and names the first broken row.',
    input: z.strictObject({}),
    reply: auditReport,
  }),
} as const;
