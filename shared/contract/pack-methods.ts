/** The lead's side of packs: send them out, take returns in. */
import { z } from 'zod';
import type { SENSITIVE_GROUPS } from '../blind/sensitive-text.ts';
import type { AcceptanceReport } from '../pack/acceptance.ts';
import { packOptionsSchema } from '../pack/pack-options.ts';
import { ownJobId } from './job-id.ts';
import { leadMethod } from './method.ts';

/** What becomes of a row of a return. Faults keep it aside; the others are as they should be. */
export const ROW_CLASSES = [
  'new',
  'known',
  'superseded',
  'altered',
  'foreign',
  'late',
  'out_of_design',
  'unknown_key',
  'impossible',
] as const;
export type RowClass = (typeof ROW_CLASSES)[number];

export interface MergeRow {
  readonly line: number | null;
  readonly n: number | null;
  readonly class: RowClass;
  readonly reason: string;
  readonly rater: string | null;
  /** Names the row where it may be accepted all the same; null where it may not. */
  readonly sha256: string | null;
}

export interface MergedFile {
  readonly file: string;
  readonly pack: { readonly name: string; readonly packId: string } | null;
  readonly raters: readonly string[];
  /** The key it is signed with, as words. */
  readonly words: string | null;
  readonly isKeyKnown: boolean;
  /** `whole`; `damaged`: lines are not what was signed; `cut_off`: the end is missing; `refused`: nothing of it counts. */
  readonly state: 'whole' | 'damaged' | 'cut_off' | 'refused';
  /** Whether every pair that the pack gave to anybody has an answer here once the file is taken. */
  readonly isComplete: boolean;
  readonly counts: Readonly<Record<RowClass, number>>;
  /** Rows that were not simply taken, the first of them. */
  readonly rows: readonly MergeRow[];
  readonly clockShifts: number;
}

export interface MergeResult {
  readonly isDryRun: boolean;
  readonly files: readonly MergedFile[];
  /** Votes and retractions that were, or would be, taken. */
  readonly taken: number;
  readonly keptAside: number;
  readonly changedNothing: boolean;
}

export interface PackFindingView {
  readonly group: (typeof SENSITIVE_GROUPS)[number];
  readonly rule: string;
  readonly found: string;
  readonly places: number;
  readonly excerpt: string;
}

export interface PackSummary {
  readonly packId: string;
  readonly name: string;
  readonly title: string;
  readonly revision: number;
  readonly madeAt: number;
  readonly closedAt: number | null;
  readonly raters: readonly {
    readonly name: string;
    readonly answered: number;
    readonly presentations: number;
  }[];
  readonly taken: number;
  readonly aside: number;
  /** Keys that returns were accepted from, as words. */
  readonly keys: readonly string[];
}

export interface MadePackView {
  readonly packId: string;
  readonly revision: number;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly words: string;
  readonly pairs: number;
  readonly masked: number;
  readonly raters: readonly { readonly name: string; readonly presentations: number }[];
  readonly downloadId: string | null;
}

const studyId = z.string().min(1).max(64);
const packName = z.string().trim().min(1).max(80).describe('For the lead; unique within the study.');
const uploads = z.array(z.string().min(1).max(64)).min(1).max(200);

const mergeInput = {
  studyId,
  uploads,
  trusts: z
    .array(z.string().max(200))
    .max(200)
    .default([])
    .describe('Words of keys that were compared with what the vendor says.'),
  accepts: z
    .array(z.string().regex(/^[0-9a-f]{64}$/u))
    .max(100_000)
    .default([])
    .describe('Rows to take although something is wrong with them.'),
  recovers: z.boolean().default(false).describe('Take what is intact of a file that was cut off.'),
};

export const packMethods = {
  'packs.list': leadMethod<readonly PackSummary[]>()({
    kind: 'query',
    reveals: 'blind',
    about: 'The packs of a study and what came back of them.',
    input: z.strictObject({ studyId }),
  }),
  'packs.make': leadMethod<
    | { readonly made: MadePackView; readonly findings: null }
    | {
        readonly made: null;
        readonly findings: { readonly places: number; readonly listed: readonly PackFindingView[] };
      }
  >()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Makes a pack, tops one up, or writes one again. Where something looks as if it should not leave and nobody decided, nothing is made and the findings come back; while the study is blind, without what stands around names.',
    input: z.strictObject({
      studyId,
      name: packName,
      isTopUp: z.boolean().default(false),
      options: packOptionsSchema,
      passphrase: z.string().max(1000).nullable().default(null),
      recipients: z.array(z.string().max(4096)).max(100).default([]),
      jobId: ownJobId,
    }),
  }),
  'packs.merge': leadMethod<MergeResult>()({
    kind: 'command',
    changes: ['ratings'],
    reveals: 'blind',
    about:
      'Looks through returns and, unless it is a dry run, takes what is good in one transaction. The same files again change nothing.',
    input: z.strictObject({ ...mergeInput, dryRun: z.boolean(), jobId: ownJobId }),
  }),
  'packs.acceptance': leadMethod<AcceptanceReport>()({
    kind: 'query',
    reveals: 'blind',
    about: 'Whether what came back of a pack is accepted by the rule the pack fixed.',
    input: z.strictObject({ studyId, packId: z.string().max(64) }),
  }),
  'packs.close': leadMethod<readonly PackSummary[]>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about: 'Closes a pack: rows recorded later are late, and its open places on pairs are free again.',
    input: z.strictObject({ studyId, packId: z.string().max(64) }),
  }),
} as const;
