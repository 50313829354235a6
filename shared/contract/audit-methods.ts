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

export const auditMethods = {
  'audit.verify': leadReport({
    reveals: 'blind',
    about: 'Checks the chain of the audit log and the receipts of votes, and names the first broken row.',
    input: z.strictObject({}),
    reply: auditReport,
  }),
} as const;
