/** What a vendor's window may call beside the rater's own methods: open a pack, see who works, hand the work back. */
import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import type { AcceptanceReport } from '../pack/acceptance.ts';
import { raterMethod, raterTask } from './method.ts';
import { placeId } from './place-id.ts';
import { schemaOf } from './reply-schema.ts';

const packId = z.string().regex(/^[0-9a-f]{32}$/u);

const openedPackSchema = z.strictObject({
  packId,
  revision: z.int(),
  title: z.string(),
  isSynthetic: z.boolean(),
  words: z.string().describe('The key that signed it, as words to compare with what the lead says.'),
  openedAt: z.int(),
  raters: z.array(
    z.strictObject({
      name: z.string(),
      isTaken: z.boolean().describe('Somebody works under this pseudonym here.'),
      hasPassphrase: z.boolean(),
      done: z.int(),
      total: z.int(),
    }),
  ),
  rows: z.int().describe('Things recorded so far: votes, and what else a return holds.'),
});
export type OpenedPack = DeepReadonly<z.infer<typeof openedPackSchema>>;

const shareSchema = {
  hits: z.int(),
  of: z.int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
};

const criterionSchema = z.strictObject({
  name: z.enum([
    'coverage',
    'skipped',
    'anomalies',
    'agreement',
    'gold',
    'catches',
    'self_consistency',
    'qualifying',
  ]),
  ...shareSchema,
  asked: z
    .strictObject({
      limit: z.enum(['least', 'most']),
      share: z.number(),
      bound: z.enum(['estimate', 'lower', 'upper']),
    })
    .nullable(),
  verdict: z.enum(['met', 'failed', 'unknown']),
});

export const acceptanceReport = schemaOf<AcceptanceReport>()(() =>
  z.strictObject({
    touchacceptance: z.literal(1),
    packId,
    revision: z.int(),
    rows: z.int(),
    isWithAnswerKey: z.boolean(),
    verdict: z.enum(['accepted', 'rejected', 'incomplete']),
    open: z.int(),
    answered: z.int(),
    assigned: z.int(),
    criteria: z.array(criterionSchema).readonly(),
    raters: z
      .array(
        z.strictObject({
          rater: z.string(),
          hasBegun: z.boolean(),
          criteria: z.array(criterionSchema).readonly(),
        }),
      )
      .readonly(),
  }),
);

export const packWorkMethods = {
  'packs.open': raterTask({
    kind: 'command',
    changes: ['settings', 'studies'],
    about:
      'Verifies a pack that was handed in and opens it for work; beside a store with studies, in a store of its own. Nothing of it is shown before its signature was checked. A pack that tops an earlier one up recognises the work already done.',
    input: z.strictObject({
      uploadId: z.string().min(1).max(64),
      secret: z
        .string()
        .max(4096)
        .default('')
        .describe('The passphrase, or an age identity (AGE-SECRET-KEY-…), that opens it.'),
    }),
    reply: () =>
      openedPackSchema.extend({
        isKeyKnown: z.boolean().describe('The key signed a pack of this study before.'),
        isBeside: z.boolean().describe('It was opened in the store beside this one.'),
        address: z
          .string()
          .nullable()
          .describe('Where a page goes to work in it; null where it is here, or the host shows it.'),
      }),
  }),
  'packs.opened': raterMethod({
    kind: 'query',
    about: 'The packs that are open for work here.',
    input: z.strictObject({}),
    reply: () => z.array(openedPackSchema),
  }),
  'packs.makeReturn': raterTask({
    kind: 'command',
    about: 'Writes the file that goes back: all that was recorded so far, signed, without a text of an item.',
    input: z.strictObject({
      packId,
      placeId: placeId.optional().describe('Where it is written; beside the store where it is not said.'),
    }),
    reply: () =>
      z.strictObject({
        name: z.string(),
        rows: z.int(),
        isComplete: z.boolean(),
        words: z.string().describe('The key that signed it, as words to tell the lead.'),
        path: z.string().nullable().describe('Where the host wrote it; null where the page saves it.'),
        downloadId: z.string().nullable(),
      }),
  }),
  'packs.check': raterTask({
    kind: 'query',
    about: 'What the pack’s acceptance rule says of the work so far, as far as it needs no answer key.',
    input: z.strictObject({ packId }),
    reply: acceptanceReport,
  }),
} as const;
