import { randomBytes } from 'node:crypto';
import type { VoteRole } from '../../../../shared/study/presentation-kind.ts';
import type { HumanVerdict, Side } from '../../../../shared/study/verdict.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { type OfPair, rowsOfPairs } from '../engine/rows-of-pairs.ts';
import { RECEIPT_COLUMNS, type ReceiptValues, receiptOf } from './rating-receipt.ts';

/** Without its salt nobody can try guesses on the hash of a note that was erased. */
const SALT_BYTES = 16;

export interface NewRating {
  readonly commandId: string | null;
  readonly raterId: number;
  readonly pairId: number;
  readonly presentationId: number | null;
  readonly kind: 'vote' | 'retraction';
  readonly verdict: HumanVerdict | null;
  readonly strength: number | null;
  readonly skipReason: string | null;
  readonly note: string | null;
  readonly leftSide: Side | null;
  readonly viewedMs: number | null;
  readonly recordedAt: number | null;
  readonly afterUnblinding: boolean;
  readonly supersedes: number | null;
  readonly role: VoteRole;
  readonly guidelineVersion: number | null;
  readonly idleMs: number | null;
  readonly confidence: number | null;
  /** {@link VoteDetails} as JSON. */
  readonly details: string | null;
}

const COLUMNS = [
  'command_id',
  'rater_id',
  'pair_id',
  'presentation_id',
  'kind',
  'verdict',
  'strength',
  'skip_reason',
  'note',
  'left_side',
  'viewed_ms',
  'recorded_at',
  'after_unblinding',
  'supersedes',
  'role',
  'guideline_version',
  'idle_ms',
  'confidence',
  'details',
  'note_salt',
];

function valuesOf(rating: NewRating): readonly (string | number | null)[] {
  return [
    rating.commandId,
    rating.raterId,
    rating.pairId,
    rating.presentationId,
    rating.kind,
    rating.verdict,
    rating.strength,
    rating.skipReason,
    rating.note,
    rating.leftSide,
    rating.viewedMs,
    rating.recordedAt,
    rating.afterUnblinding ? 1 : 0,
    rating.supersedes,
    rating.role,
    rating.guidelineVersion,
    rating.idleMs,
    rating.confidence,
    rating.details,
    rating.note === null ? null : randomBytes(SALT_BYTES).toString('hex'),
  ];
}

const INSERT = `INSERT INTO ratings (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;

/** Appends a rating; its number, and the receipt of what the store holds of it. */
export function insertRating(
  store: WriteStore,
  rating: NewRating,
): { readonly id: number; readonly sha256: string } {
  const row = store
    .rawQuery<ReceiptValues>(`${INSERT} RETURNING ${RECEIPT_COLUMNS}`)
    .get(...valuesOf(rating));
  if (row === undefined) throw new Error('a rating was appended and is not there');
  const [, , , id] = row;
  return { id: Number(id), sha256: receiptOf(row) };
}

/** The number that the store's next rating has. */
export function nextRatingId(store: ReadStore): number {
  return (
    store.query<{ next: number }>('SELECT coalesce(max(id), 0) + 1 AS next FROM ratings').get()?.next ?? 1
  );
}

/** Numbers of all ratings that were given here or came back in packs, not imported, first to last. */
export function ratingsGivenHere(store: ReadStore): number[] {
  return store
    .rawQuery<[number]>('SELECT id FROM ratings WHERE command_id IS NOT NULL ORDER BY id')
    .all()
    .map(([id]) => id);
}

/** Inserts many ratings together, under numbers from {@link nextRatingId} on. */
export function insertRatings(
  store: WriteStore,
  ratings: readonly { readonly id: number; readonly rating: NewRating }[],
): void {
  store.insertTogether(
    'ratings',
    ['id', ...COLUMNS],
    ratings.map(({ id, rating }) => [id, ...valuesOf(rating)]),
  );
}

/** A vote taken back: an event that supersedes it and says nothing of its own. */
export function retractionOf(
  event: Pick<
    NewRating,
    | 'commandId'
    | 'raterId'
    | 'pairId'
    | 'presentationId'
    | 'recordedAt'
    | 'afterUnblinding'
    | 'supersedes'
    | 'role'
    | 'guidelineVersion'
  >,
): NewRating {
  return {
    ...event,
    kind: 'retraction',
    verdict: null,
    strength: null,
    skipReason: null,
    note: null,
    leftSide: null,
    viewedMs: null,
    idleMs: null,
    confidence: null,
    details: null,
  };
}

export function isCommandRecorded(store: ReadStore, commandId: string): boolean {
  return store.query('SELECT 1 FROM ratings WHERE command_id = ?').get(commandId) !== undefined;
}

/** The last event on each presentation a rater voted on. */
export function latestRatingIds(store: ReadStore, raterId: number): Map<number, number> {
  return new Map(
    store
      .rawQuery<[number, number]>(
        `SELECT presentation_id, max(id) FROM ratings WHERE rater_id = ? AND presentation_id IS NOT NULL
         GROUP BY presentation_id`,
      )
      .all(raterId),
  );
}

export interface StoredVote {
  readonly rater: string;
  readonly verdict: HumanVerdict;
  readonly strength: number | null;
  readonly skipReason: string | null;
  readonly note: string | null;
  readonly leftSide: Side | null;
  readonly viewedMs: number | null;
  readonly recordedAt: number | null;
  readonly afterUnblinding: number;
  readonly guidelineVersion: number | null;
  readonly idleMs: number | null;
  readonly confidence: number | null;
  /** {@link VoteDetails} as JSON. */
  readonly details: string | null;
}

const VOTE_COLUMNS = `raters.name AS rater, r.verdict AS verdict, r.strength AS strength, r.skip_reason AS skipReason,
  r.note AS note, r.left_side AS leftSide, r.viewed_ms AS viewedMs, r.recorded_at AS recordedAt,
  r.after_unblinding AS afterUnblinding, r.guideline_version AS guidelineVersion, r.idle_ms AS idleMs,
  r.confidence AS confidence, r.details AS details`;

/** A rater's vote, and whether the lead leaves it out. */
export interface VoteOnPair extends StoredVote, OfPair {
  readonly isExcluded: number;
}

/** Raters' votes on pairs that were not superseded, by rater name; those of excluded raters among them. */
export function votesOfPairs(
  store: ReadStore,
  pairIds: readonly number[],
): (pairId: number) => readonly VoteOnPair[] {
  return rowsOfPairs<VoteOnPair>(
    store,
    `SELECT r.pair_id AS pairId, ${VOTE_COLUMNS}, raters.is_excluded AS isExcluded
     FROM json_each(?) wanted CROSS JOIN ratings r ON r.pair_id = wanted.value
       JOIN raters ON raters.id = r.rater_id AND raters.role = 'rater'
     WHERE r.kind = 'vote' AND r.role = 'label'
       AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)
     ORDER BY raters.name`,
    pairIds,
  );
}

export function votesOfPair(store: ReadStore, pairId: number): readonly VoteOnPair[] {
  return votesOfPairs(store, [pairId])(pairId);
}

/** All votes on a pair that count, also of adjudicators, each with its number and that of its rater; the earliest first. */
export function votesWithRaters(
  store: ReadStore,
  pairId: number,
): (StoredVote & { readonly id: number; readonly raterId: number })[] {
  return store
    .query<StoredVote & { id: number; raterId: number }>(
      `SELECT ${VOTE_COLUMNS}, r.id AS id, r.rater_id AS raterId FROM ratings r JOIN raters ON raters.id = r.rater_id
       WHERE r.pair_id = ? AND r.kind = 'vote' AND r.role = 'label'
         AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id) ORDER BY r.id`,
    )
    .all(pairId);
}

/** How many votes a study has that count, skips and checks included. */
export function voteCountOf(store: ReadStore, studyId: number): number {
  return (
    store
      .query<{ count: number }>(
        `SELECT coalesce(sum(votes + skips + check_votes + check_skips + (SELECT count(*) FROM ratings r
           WHERE r.rater_id = raters.id AND r.role = 'training' AND r.kind = 'vote'
             AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id))), 0) AS count
         FROM raters WHERE study_id = ? AND role = 'rater'`,
      )
      .get(studyId)?.count ?? 0
  );
}

/** Whether a study has any vote, which fixes its scale. A vote that only checks or trains is one, too. */
export function hasVotes(store: ReadStore, studyId: number): boolean {
  return (
    store
      .query<{ found: number }>(
        'SELECT 1 AS found FROM ratings WHERE rater_id IN (SELECT id FROM raters WHERE study_id = ?) LIMIT 1',
      )
      .get(studyId) !== undefined
  );
}

/** Whether a rater of a study has a label that was not superseded. */
export function hasLabel(store: ReadStore, studyId: number, rater: string): boolean {
  return (
    store
      .query(
        `SELECT 1 FROM raters WHERE study_id = ? AND name = ? AND role = 'rater' AND EXISTS (SELECT 1 FROM ratings r
           WHERE r.rater_id = raters.id AND r.role = 'label' AND r.kind = 'vote'
             AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id))`,
      )
      .get(studyId, rater) !== undefined
  );
}

/** The newest rating that a rater of a study gave up to a time; 0 before the first. */
export function lastRatingBefore(store: ReadStore, studyId: number, rater: string, at: number): number {
  return (
    store
      .query<{ id: number | null }>(
        `SELECT max(id) AS id FROM ratings
         WHERE rater_id = (SELECT id FROM raters WHERE study_id = ? AND name = ?) AND recorded_at <= ?`,
      )
      .get(studyId, rater, at)?.id ?? 0
  );
}
