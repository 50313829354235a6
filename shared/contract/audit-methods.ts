import { z } from 'zod';
import { leadReport } from './method.ts';

/** Whether the audit log is what was written. */
export interface AuditReport {
  readonly entries: number;
  /** Of the last row: noted elsewhere, it shows later that nothing up to it was written anew. */
  readonly hash: string;
  /** The first row that is not as it was written; null where all are. */
  readonly broken: { readonly row: number; readonly reason: string } | null;
  /** Records that no row stands for, as sentences: those of older stores, and of a judge's run that has not ended. */
  readonly notCovered: readonly string[];
}

export const auditMethods = {
  'audit.verify': leadReport<AuditReport>()({
    reveals: 'blind',
    about: 'Checks the chain of the audit log and the receipts of votes, and names the first broken row.',
    input: z.strictObject({}),
  }),
} as const;
