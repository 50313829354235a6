/** The lead's side of packs: send them out, take returns in. */
import { z } from 'zod';
import { SENSITIVE_GROUPS } from '../blind/sensitive-text.ts';
import { packManifestSchema } from '../pack/pack-manifest.ts';
import { packOptionsSchema } from '../pack/pack-options.ts';
import { leadMethod, leadReport, leadTask } from './method.ts';
import { acceptanceReport } from './pack-work-methods.ts';
import { placeId } from './place-id.ts';
import { lazily, type ReplyOfSchema } from './reply-schema.ts';

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

const mergeRow = lazily(() =>
  z.strictObject({
    line: z.int().nullable(),
    n: z.int().nullable(),
    class: z.enum(ROW_CLASSES),
    reason: z.string(),
    rater: z.string().nullable(),
    sha256: z
      .string()
      .nullable()
      .describe('Names the row where it may be accepted all the same; null where it may not.'),
  }),
);
export type MergeRow = ReplyOfSchema<typeof mergeRow>;

const mergedFile = lazily(() =>
  z.strictObject({
    file: z.string(),
    pack: z
      .strictObject({
        name: z.string(),
        packId: z.string(),
      })
      .nullable(),
    raters: z.array(z.string()),
    words: z.string().nullable().describe('The key it is signed with, as words.'),
    isKeyKnown: z.boolean(),
    state: z
      .enum(['whole', 'damaged', 'cut_off', 'refused'])
      .describe(
        '`whole`; `damaged`: lines are not what was signed; `cut_off`: the end is missing; `refused`: nothing of it counts.',
      ),
    isComplete: z
      .boolean()
      .describe(
        'Whether every pair that the pack gave to anybody has an answer here once the file is taken.',
      ),
    counts: z.record(z.enum(ROW_CLASSES), z.int()),
    rows: z.array(mergeRow()).describe('Rows that were not simply taken, the first of them.'),
    clockShifts: z.int(),
  }),
);
export type MergedFile = ReplyOfSchema<typeof mergedFile>;

const mergeResult = lazily(() =>
  z.strictObject({
    isDryRun: z.boolean(),
    files: z.array(mergedFile()),
    taken: z.int().describe('Votes and retractions that were, or would be, taken.'),
    keptAside: z.int(),
    changedNothing: z.boolean(),
  }),
);
export type MergeResult = ReplyOfSchema<typeof mergeResult>;

const packFindingView = lazily(() =>
  z.strictObject({
    group: z.enum(SENSITIVE_GROUPS),
    rule: z.string(),
    found: z.string(),
    places: z.int(),
    excerpt: z.string(),
  }),
);
export type PackFindingView = ReplyOfSchema<typeof packFindingView>;

const packSummary = lazily(() =>
  z.strictObject({
    packId: z.string(),
    name: z.string(),
    title: z.string(),
    revision: z.int(),
    madeAt: z.int(),
    closedAt: z.int().nullable(),
    raters: z.array(
      z.strictObject({
        name: z.string(),
        answered: z.int(),
        presentations: z.int(),
      }),
    ),
    taken: z.int(),
    aside: z.int(),
    keys: z.array(z.string()).describe('Keys that returns were accepted from, as words.'),
  }),
);
export type PackSummary = ReplyOfSchema<typeof packSummary>;

const madePackView = lazily(() =>
  z.strictObject({
    packId: z.string(),
    revision: z.int(),
    name: z.string(),
    path: z.string(),
    bytes: z.int(),
    words: z.string(),
    containerSha256: z.string().describe('SHA-256 of what stands inside the encryption.'),
    pairs: z.int(),
    presentations: z.int(),
    masked: z.int(),
    raters: z.array(
      z.strictObject({
        name: z.string(),
        presentations: z.int(),
      }),
    ),
    downloadId: z.string().nullable(),
  }),
);
export type MadePackView = ReplyOfSchema<typeof madePackView>;

const studyId = z.string().min(1).max(64);
const packName = z.string().trim().min(1).max(80).describe('For the lead; unique within the study.');
const uploads = z.array(z.string().min(1).max(64)).min(1).max(200);

const uploadId = z.string().min(1).max(64);
const secret = z
  .string()
  .max(4096)
  .default('')
  .describe('The passphrase, or an age identity (AGE-SECRET-KEY-…), that opens it.');

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
  'packs.list': leadReport({
    reveals: 'blind',
    about: 'The packs of a study and what came back of them.',
    input: z.strictObject({ studyId }),
    reply: () => z.array(packSummary()),
  }),
  'packs.make': leadTask({
    beginsWork: true,
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
      placeId: placeId.optional().describe('Where it is written; beside the store where it is not said.'),
    }),
    reply: () =>
      z.union([
        z.strictObject({
          made: madePackView(),
          findings: z.null(),
        }),
        z.strictObject({
          made: z.null(),
          findings: z.strictObject({
            places: z.int(),
            listed: z.array(packFindingView()),
          }),
        }),
      ]),
  }),
  'packs.merge': leadTask({
    kind: 'command',
    changes: ['ratings'],
    reveals: 'blind',
    about:
      'Looks through returns and, unless it is a dry run, takes what is good in one transaction. The same files again change nothing.',
    input: z.strictObject({ ...mergeInput, dryRun: z.boolean() }),
    reply: mergeResult,
  }),
  'packs.studyOfReturn': leadMethod({
    kind: 'query',
    reveals: 'blind',
    about:
      'Which study a return belongs to, by the pack its first line names. Null where the store made no such pack.',
    input: z.strictObject({ uploadId }),
    reply: () => z.strictObject({ studyId: z.string() }).nullable(),
  }),
  'packs.acceptance': leadTask({
    kind: 'command',
    reveals: 'blind',
    about:
      'Whether what came back of a pack is accepted by the rule the pack fixed. Where a place is named, the answer key is written there.',
    input: z.strictObject({
      studyId,
      packId: z.string().max(64),
      answersPlaceId: placeId
        .optional()
        .describe('Where the answer key is written as well; nowhere without it.'),
    }),
    reply: acceptanceReport,
  }),
  'packs.inspect': leadTask({
    kind: 'query',
    callers: 'commands',
    reveals: 'own_file',
    about: 'Verifies every byte of a pack and shows what it says of itself.',
    input: z.strictObject({ uploadId, secret }),
    reply: () =>
      z.strictObject({
        words: z.string().describe('The key that signed it, as words.'),
        publicKey: z.string(),
        manifest: packManifestSchema,
      }),
  }),
  'packs.acceptFiles': leadTask({
    kind: 'query',
    callers: 'commands',
    reveals: 'own_file',
    about: 'Whether work is accepted, from a pack and returns alone, as either side may work it out.',
    input: z.strictObject({
      uploadId,
      secret,
      returns: z.array(uploadId).max(200),
      answersId: uploadId.optional().describe('The answer key that the lead has shown.'),
    }),
    reply: acceptanceReport,
  }),
  'packs.writePage': leadTask({
    kind: 'command',
    callers: 'commands',
    reveals: 'own_file',
    about: 'Writes an encrypted pack into the built page of packs, as one HTML file.',
    input: z.strictObject({ uploadId, pageId: uploadId, placeId }),
    reply: () => z.strictObject({ path: z.string(), bytes: z.int() }),
  }),
  'packs.close': leadMethod({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about: 'Closes a pack: rows recorded later are late, and its open places on pairs are free again.',
    input: z.strictObject({ studyId, packId: z.string().max(64) }),
    reply: () => z.array(packSummary()),
  }),
} as const;
