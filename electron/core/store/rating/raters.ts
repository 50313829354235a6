import { ServiceError } from '../../../../shared/errors/errors.ts';
import type { RaterRole } from '../../../../shared/study/rater-role.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { IS_TRAINING, OPEN_PAIRS } from './presentations.ts';

export interface RaterRow {
  readonly id: number;
  readonly studyId: number;
  readonly name: string;
  readonly joinedAt: number | null;
  readonly nextPosition: number;
  readonly presented: number;
  /** The block of work that is open. */
  readonly block: number;
  readonly role: RaterRole;
  /** Whether the rater's votes are left out of every figure. */
  readonly isExcluded: boolean;
  /** Whether the rater is to get no further pair. */
  readonly isPaused: boolean;
}

export interface StoredRater {
  id: number;
  study_id: number;
  name: string;
  joined_at: number | null;
  next_position: number;
  presented: number;
  block: number;
  role: RaterRole;
  is_excluded: number;
  is_paused: number;
}

const COLUMNS =
  'id, study_id, name, joined_at, next_position, presented, block, role, is_excluded, is_paused';

function foundRater(row: StoredRater | undefined): RaterRow | undefined {
  return row === undefined ? undefined : raterOf(row);
}

export function raterOf(row: StoredRater): RaterRow {
  return {
    id: row.id,
    studyId: row.study_id,
    name: row.name,
    joinedAt: row.joined_at,
    nextPosition: row.next_position,
    presented: row.presented,
    block: row.block,
    role: row.role,
    isExcluded: row.is_excluded === 1,
    isPaused: row.is_paused === 1,
  };
}

export function raterByName(store: ReadStore, studyId: number, name: string): RaterRow | undefined {
  return foundRater(
    store
      .query<StoredRater>(`SELECT ${COLUMNS} FROM raters WHERE study_id = ? AND name = ?`)
      .get(studyId, name),
  );
}

export function raterById(store: ReadStore, id: number): RaterRow | undefined {
  return foundRater(store.query<StoredRater>(`SELECT ${COLUMNS} FROM raters WHERE id = ?`).get(id));
}

/** The rater a session says it is of; null where it says nothing of the kind. */
export function raterOfSession(session: string): number | null {
  const raterId = Number.parseInt(session.slice(0, session.indexOf('-')), 36);
  return Number.isSafeInteger(raterId) ? raterId : null;
}

export function raterBySession(store: ReadStore, session: string): RaterRow | undefined {
  const raterId = raterOfSession(session);
  if (raterId === null) return undefined;
  return foundRater(
    store
      .query<StoredRater>(`SELECT ${COLUMNS} FROM raters WHERE id = ? AND session = ?`)
      .get(raterId, session),
  );
}

/** Whether the rater that a session was begun for is there, whoever has the session now. */
export function isRaterOfSessionThere(store: ReadStore, session: string): boolean {
  return store.query('SELECT 1 FROM raters WHERE id = ?').get(raterOfSession(session)) !== undefined;
}

export function insertRater(
  store: WriteStore,
  studyId: number,
  name: string,
  joinedAt: number | null,
  role: RaterRole = 'rater',
): number {
  return store.run(
    'INSERT INTO raters (study_id, name, joined_at, role) VALUES (?, ?, ?, ?)',
    studyId,
    name,
    joinedAt,
    role,
  ).lastId;
}

/** Hands the rater's work to a new session; the one before it is refused from now on. */
export function startSession(store: WriteStore, raterId: number, session: string, at: number): void {
  store.run(
    'UPDATE raters SET session = ?, joined_at = coalesce(joined_at, ?) WHERE id = ?',
    session,
    at,
    raterId,
  );
}

/** Opens the rater's next block of work. */
export function startBlock(store: WriteStore, raterId: number, block: number): void {
  store.run('UPDATE raters SET block = ? WHERE id = ?', block, raterId);
}

export function advanceRater(
  store: WriteStore,
  raterId: number,
  nextPosition: number,
  presented: number,
): void {
  store.run(
    'UPDATE raters SET next_position = ?, presented = ? WHERE id = ?',
    nextPosition,
    presented,
    raterId,
  );
}

/**
 * Advances a rater whose work is as it was when it was read: same session, block and place, and no rating since. False, with
 * nothing changed, where it is not.
 *
 * @param ratingId the last rating that the rater gave by then
 */
export function advanceRaterSince(
  store: WriteStore,
  {
    id,
    block,
    presented,
    session,
  }: Pick<RaterRow, 'id' | 'block' | 'presented'> & { readonly session: string },
  ratingId: number,
  nextPosition: number,
  nowPresented: number,
): boolean {
  const { changes } = store.run(
    `UPDATE raters SET next_position = ?, presented = ? WHERE id = ? AND block = ? AND presented = ? AND session = ?
       AND is_paused = 0 AND (SELECT max(r.id) FROM ratings r WHERE r.rater_id = raters.id
         AND r.presentation_id IS NOT NULL) = ?`,
    nextPosition,
    nowPresented,
    id,
    block,
    presented,
    session,
    ratingId,
  );
  return changes === 1;
}

/** Everyone who rates or adjudicates here (not those who only came with an import), with how many pairs they closed. */
export function joinedRaters(
  store: ReadStore,
  studyId: number,
): { name: string; role: RaterRole; done: number }[] {
  return store
    .query<{ name: string; role: RaterRole; done: number }>(
      `SELECT name, role, presented - (SELECT count(*) FROM ${OPEN_PAIRS} WHERE p.rater_id = raters.id AND p.is_open = 1
          AND NOT ${IS_TRAINING}) AS done
       FROM raters WHERE study_id = ? AND joined_at IS NOT NULL ORDER BY name`,
    )
    .all(studyId);
}

/** Each rater's votes that count, skips apart: labels, and those that check with them where it is asked for. */
export function raterProgress(
  store: ReadStore,
  studyId: number,
  { withChecks }: { readonly withChecks: boolean },
): { name: string; votes: number; skipped: number; isExcluded: boolean }[] {
  const share = withChecks ? 1 : 0;
  return store
    .query<{ name: string; votes: number; skipped: number; isExcluded: number }>(
      `SELECT name, votes + ? * check_votes AS votes, skips + ? * check_skips AS skipped, is_excluded AS isExcluded
       FROM raters WHERE study_id = ? AND role = 'rater' ORDER BY name`,
    )
    .all(share, share, studyId)
    .map((row) => ({ ...row, isExcluded: row.isExcluded === 1 }));
}

/** When the last vote of a study was given, imported ones aside: of each rater the newest is looked at. */
export function lastVoteAt(store: ReadStore, studyId: number): number | null {
  return (
    store
      .query<{ at: number | null }>(
        `SELECT max((SELECT recorded_at FROM ratings WHERE rater_id = raters.id AND presentation_id IS NOT NULL
           ORDER BY id DESC LIMIT 1)) AS at
         FROM raters WHERE study_id = ?`,
      )
      .get(studyId)?.at ?? null
  );
}

/** How many raters a study has, those of imports among them. */
export function raterCount(store: ReadStore, studyId: number): number {
  return (
    store
      .query<{ count: number }>("SELECT count(*) AS count FROM raters WHERE study_id = ? AND role = 'rater'")
      .get(studyId)?.count ?? 0
  );
}

/** A rater of a study by pseudonym. Throws `not_found` without one. */
export function requireRater(store: ReadStore, study: { readonly id: number }, name: string): RaterRow {
  const rater = raterByName(store, study.id, name);
  if (rater === undefined)
    throw new ServiceError('not_found', { key: 'rating.rater_unknown', values: { name } });
  return rater;
}
