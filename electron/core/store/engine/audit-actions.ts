/** What the log can record, and what the details of each act hold. */
import { z } from 'zod';

/** Something that has a schema of its own elsewhere, as it was then: what it holds may have changed since. */
const asItWas = z.record(z.string(), z.unknown());
const count = z.int().min(0);
const id = z.int();
const sha256 = z.string();
/** Unix time in milliseconds. */
const time = z.number();

const range = z.object({ from: id, to: id, sha256 });
/** What a seal covers. */
const records = z.object({ importedVotes: range, judgments: range, draws: range });
export type RecordSeal = Readonly<z.output<typeof records>>;

const writtenFile = z.object({ name: z.string(), bytes: count, sha256, rows: count });

const DECISION = { rater: z.string(), reason: z.string() };
const PAIR_DECISION = { pair: count, reason: z.string() };
const PACK = { pack: z.string(), packId: z.string() };
const WRITTEN_PACK = {
  ...PACK,
  revision: count,
  manifestSha256: sha256,
  containerSha256: sha256,
  raters: z.array(z.object({ name: z.string(), presentations: count })).readonly(),
  masked: count,
  accepted: z.object({ identity: z.boolean(), personal: z.boolean() }),
};

/** Every act of the log. A new field of an act that was logged before goes to `since`: rows of older stores lack it. */
export const AUDIT_ACTIONS = {
  'study.created': details({ name: z.string(), by: z.literal('import').optional() }),
  'study.configured': details({ before: asItWas, after: asItWas }, { votes: count }),
  'study.configured_elsewhere': details({
    at: time,
    fields: z.array(z.string()).readonly(),
    votes: count.nullable(),
  }),
  'study.unblinded': details({}),
  'study.renamed': details({ from: z.string(), to: z.string() }),
  'study.archived': details({}),
  'study.restored': details({}),
  // Nothing else is left of a study: its rows of the log were emptied, and are accounted for here with all other records.
  'study.deleted': details({
    name: z.string(),
    pairs: count,
    votes: count,
    openWork: z.array(z.string()).readonly(),
    emptied: z.object({ rows: count, sha256 }),
    records,
  }),
  'plan.stored': details({ sha256 }),
  'known_answers.added': details({ added: count }),
  'pairs.drawn': details({ wave: count, method: asItWas, pairs: count }, { records }),
  import: details(
    {
      counts: z.record(z.string(), count),
      sources: z
        .array(z.object({ name: z.string(), format: z.string(), bytes: count, records: count }))
        .readonly(),
    },
    { records },
  ),
  export: details({ format: z.string() }, { files: z.array(writtenFile).readonly() }),
  'consent.given': details({ sha256 }),
  'rating.begun': details({}),
  'rating.recorded': details({ ratingId: id }, { sha256, receipt: count }),
  'rating.retracted': details({ ratingId: id }, { retractionId: id, sha256, receipt: count }),
  'block.closed': details({ block: count }),
  'guess.given': details({ guess: id }),
  // Of a note whose receipt holds without it, no hash is kept.
  'note.erased': details({ ratingId: id, before: sha256.optional(), sha256: sha256.optional() }),
  'rater.excluded': details(DECISION),
  'rater.restored': details(DECISION),
  'rater.paused': details(DECISION),
  'rater.resumed': details(DECISION),
  'rater.decided_elsewhere': details({
    ...DECISION,
    about: z.enum(['exclusion', 'pause']),
    isOn: z.boolean(),
    at: time,
  }),
  'seat.handed': details({ rater: z.string(), role: z.enum(['rater', 'adjudicator']) }),
  'seat.taken_back': details({ rater: z.string() }),
  'disagreement.classified': details({
    pair: count,
    class: z.string().nullable(),
    guidelineVersion: count,
  }),
  'pair.left_out': details(PAIR_DECISION),
  'pair.taken_back': details(PAIR_DECISION),
  'gaps.asked_again': details({ pairs: count, presentations: count, guidelineVersion: count }),
  'review.made': details({ plan: asItWas, pairs: count, seed: z.string() }),
  'pack.made': details(WRITTEN_PACK),
  'pack.written_again': details(WRITTEN_PACK),
  'pack.closed': details(PACK),
  'pack.opened': details({
    packId: z.string(),
    revision: count,
    manifestSha256: sha256,
    publicKey: z.string(),
    isKeyKnown: z.boolean(),
  }),
  'return.merged': details({
    pack: z.string(),
    file: z.string(),
    key: z.string(),
    counts: z.record(z.string(), count),
    isRecovered: z.boolean(),
  }),
  'ratings.merged': details({ from: id, to: id, sha256, receipt: count }),
  judge_added: details({ judge: z.string(), contentHash: z.string() }),
  judge_panel_made: details({
    name: z.string(),
    rule: z.string(),
    members: z.array(z.string()).readonly(),
    weights: z.array(z.number()).readonly(),
  }),
  judge_run_started: details({
    judge: z.string(),
    runId: z.string(),
    origin: z.string(),
    selection: asItWas,
    maxCostUsd: z.number().nullable(),
  }),
  'judge.run_ended': details({
    judge: z.string().nullable(),
    ending: z.enum(['finished', 'ceiling', 'cancelled', 'failed']),
    records,
  }),
  judge_batch_sent: details({
    judge: z.string(),
    origin: z.string(),
    sha256,
    requests: count,
    maxCostUsd: z.number().nullable(),
  }),
  // A card looked at the test side of a judge that can still be changed.
  judge_test_split_looked_at: details({
    judge: z.string(),
    slice: z.object({ name: z.string(), value: z.string() }).nullable(),
  }),
};

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** An act as it is written. */
export type WrittenAct = {
  readonly [Action in AuditAction]: {
    readonly action: Action;
    readonly details: Readonly<z.output<(typeof AUDIT_ACTIONS)[Action]['written']>>;
  };
}[AuditAction];

/** An act as it stands in the log, of any age. */
export type StoredAct<Wanted extends AuditAction = AuditAction> = {
  readonly [Action in Wanted]: {
    readonly action: Action;
    readonly details: Readonly<z.output<(typeof AUDIT_ACTIONS)[Action]['stored']>>;
  };
}[Wanted];

/**
 * A row of the log as the act that it records. Fields that no version wrote are left out.
 *
 * @throws where its details are not what its action holds
 */
export function readAct<Wanted extends AuditAction>(action: Wanted, details: string): StoredAct<Wanted> {
  const read: unknown = { action, details: AUDIT_ACTIONS[action].stored.parse(JSON.parse(details)) };
  return read as StoredAct<Wanted>;
}

export function isAuditAction(action: string): action is AuditAction {
  return Object.hasOwn(AUDIT_ACTIONS, action);
}

function details<Always extends z.ZodRawShape, Since extends z.ZodRawShape = Record<never, never>>(
  always: Always,
  since?: Since,
) {
  const later = z.object(since ?? ({} as Since));
  return {
    written: z.object({ ...always, ...later.shape }),
    stored: z.object({ ...always, ...later.partial().shape }),
  };
}
