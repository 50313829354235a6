import type { HumanVerdict, Side } from '../../../shared/domain/verdict.ts';
import type { Store } from './database.ts';

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
}

export function insertRating(store: Store, rating: NewRating): number {
  return store.run(
    `INSERT INTO ratings (command_id, rater_id, pair_id, presentation_id, kind, verdict, strength, skip_reason, note,
       left_side, viewed_ms, recorded_at, after_unblinding, supersedes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
  ).lastId;
}

/** What a command already recorded, so that a retry gets the same receipt. */
export function ratingByCommand(
  store: Store,
  commandId: string,
): { raterId: number; recordedAt: number; presentation: string; kind: string } | undefined {
  return store
    .query<{ raterId: number; recordedAt: number; presentation: string; kind: string }>(
      `SELECT r.rater_id AS raterId, r.recorded_at AS recordedAt, p.public_id AS presentation, r.kind AS kind
       FROM ratings r JOIN presentations p ON p.id = r.presentation_id WHERE r.command_id = ?`,
    )
    .get(commandId);
}

/** The last event on a presentation: the one a new vote supersedes. */
export function latestRatingId(store: Store, presentationId: number): number | null {
  return (
    store
      .query<{ id: number | null }>('SELECT max(id) AS id FROM ratings WHERE presentation_id = ?')
      .get(presentationId)?.id ?? null
  );
}

/** The rater's latest vote given here that still counts. */
export function latestVote(
  store: Store,
  raterId: number,
): { id: number; pairId: number; presentationId: number } | undefined {
  return store
    .query<{ id: number; pairId: number; presentationId: number }>(
      `SELECT id, pair_id AS pairId, presentation_id AS presentationId FROM ratings r
       WHERE rater_id = ? AND presentation_id IS NOT NULL AND kind = 'vote'
         AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)
       ORDER BY id DESC LIMIT 1`,
    )
    .get(raterId);
}

/** Viewing times of the rater's latest votes, newest first, in milliseconds. */
export function recentViewingTimes(store: Store, raterId: number, limit: number): number[] {
  return store
    .query<{ viewedMs: number }>(
      `SELECT viewed_ms AS viewedMs FROM ratings
       WHERE rater_id = ? AND presentation_id IS NOT NULL AND kind = 'vote' ORDER BY id DESC LIMIT ?`,
    )
    .all(raterId, limit)
    .map((row) => row.viewedMs);
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
}

const VOTE_COLUMNS = `raters.name AS rater, r.verdict AS verdict, r.strength AS strength, r.skip_reason AS skipReason,
  r.note AS note, r.left_side AS leftSide, r.viewed_ms AS viewedMs, r.recorded_at AS recordedAt,
  r.after_unblinding AS afterUnblinding`;

/** The votes on a pair that count, by rater name. */
export function votesOfPair(store: Store, pairId: number): StoredVote[] {
  return store
    .query<StoredVote>(
      `SELECT ${VOTE_COLUMNS} FROM ratings r JOIN raters ON raters.id = r.rater_id
       WHERE r.pair_id = ? AND r.kind = 'vote'
         AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)
       ORDER BY raters.name`,
    )
    .all(pairId);
}

/** One rater's vote on a pair that counts. */
export function voteOfRater(store: Store, pairId: number, raterId: number): StoredVote | undefined {
  return store
    .query<StoredVote>(
      `SELECT ${VOTE_COLUMNS} FROM ratings r JOIN raters ON raters.id = r.rater_id
       WHERE r.pair_id = ? AND r.rater_id = ? AND r.kind = 'vote'
         AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)`,
    )
    .get(pairId, raterId);
}

/** The rater's vote on a pair that counts, wherever it was given. */
export function effectiveVoteId(store: Store, pairId: number, raterId: number): number | null {
  return (
    store
      .query<{ id: number }>(
        `SELECT id FROM ratings r WHERE pair_id = ? AND rater_id = ? AND kind = 'vote'
           AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)`,
      )
      .get(pairId, raterId)?.id ?? null
  );
}

/** Whether a study has any vote, which fixes its scale. */
export function hasVotes(store: Store, studyId: number): boolean {
  return (
    store
      .query<{ found: number }>(
        'SELECT 1 AS found FROM ratings WHERE rater_id IN (SELECT id FROM raters WHERE study_id = ?) LIMIT 1',
      )
      .get(studyId) !== undefined
  );
}
