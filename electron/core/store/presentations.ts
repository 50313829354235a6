import type { StoredPresentation } from '../../../shared/blind/visibility.ts';
import type { Side } from '../../../shared/domain/verdict.ts';
import type { Store } from './database.ts';
import { conversationOf } from './stored-text.ts';

interface StoredRow {
  publicId: string;
  pairId: number;
  externalId: string;
  ordinal: number;
  position: number;
  leftSide: Side;
  prompt: string;
  reference: string | null;
  firstOutput: string;
  secondOutput: string;
  firstSystem: string;
  secondSystem: string;
  slices: string;
}

/** The open presentations of a rater with the lowest positions, with everything the store knows. */
export function openPresentations(store: Store, raterId: number, limit: number): StoredPresentation[] {
  return store
    .query<StoredRow>(
      `SELECT p.public_id AS publicId, p.pair_id AS pairId, pairs.external_id AS externalId, pairs.ordinal AS ordinal,
              p.position AS position, p.left_side AS leftSide, items.prompt AS prompt, items.reference AS reference,
              f.output AS firstOutput, s.output AS secondOutput, fs.name AS firstSystem, ss.name AS secondSystem,
              pairs.slices AS slices
       FROM presentations p
       JOIN pairs ON pairs.id = p.pair_id
       JOIN items ON items.id = pairs.item_id
       JOIN responses f ON f.id = pairs.first_response_id JOIN systems fs ON fs.id = f.system_id
       JOIN responses s ON s.id = pairs.second_response_id JOIN systems ss ON ss.id = s.system_id
       WHERE p.rater_id = ? AND p.is_open = 1 ORDER BY p.position LIMIT ?`,
    )
    .all(raterId, limit)
    .map(({ publicId, prompt, firstOutput, secondOutput, ...rest }) => ({
      ...rest,
      presentationId: publicId,
      task: conversationOf(prompt, 'user'),
      firstOutput: conversationOf(firstOutput, 'assistant'),
      secondOutput: conversationOf(secondOutput, 'assistant'),
    }));
}

/** Whether a rater of this name was ever given this pair. */
export function wasPresented(store: Store, pairId: number, rater: string): boolean {
  return (
    store
      .query(
        'SELECT 1 FROM presentations p JOIN raters ON raters.id = p.rater_id WHERE p.pair_id = ? AND raters.name = ? LIMIT 1',
      )
      .get(pairId, rater) !== undefined
  );
}

export function openPresentationCount(store: Store, raterId: number): number {
  return (
    store
      .query<{ count: number }>(
        'SELECT count(*) AS count FROM presentations WHERE rater_id = ? AND is_open = 1',
      )
      .get(raterId)?.count ?? 0
  );
}

/** One presentation of one rater, by its public id. */
export function presentationOfRater(
  store: Store,
  raterId: number,
  publicId: string,
): { id: number; pairId: number; leftSide: Side; isOpen: number } | undefined {
  return store
    .query<{ id: number; pairId: number; leftSide: Side; isOpen: number }>(
      `SELECT id, pair_id AS pairId, left_side AS leftSide, is_open AS isOpen
       FROM presentations WHERE public_id = ? AND rater_id = ?`,
    )
    .get(publicId, raterId);
}

export function insertPresentation(
  store: Store,
  row: {
    publicId: string;
    raterId: number;
    pairId: number;
    position: number;
    leftSide: Side;
    createdAt: number;
  },
): void {
  store.run(
    'INSERT INTO presentations (public_id, rater_id, pair_id, position, left_side, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    row.publicId,
    row.raterId,
    row.pairId,
    row.position,
    row.leftSide,
    row.createdAt,
  );
}

export function setPresentationOpen(store: Store, id: number, isOpen: boolean): void {
  store.run('UPDATE presentations SET is_open = ? WHERE id = ?', isOpen ? 1 : 0, id);
}

/** A presentation that takes one of a pair's places: voted on, or open since a given time. A skip takes none. */
const TAKEN_PLACES = `(SELECT count(*) FROM presentations p WHERE p.pair_id = pairs.id AND CASE WHEN p.is_open = 1
    THEN p.created_at >= ?
    ELSE (SELECT verdict FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1) <> 'skipped' END)`;

/** How many raters voted on this pair or were given it since `sinceMs`. */
export function takenPlacesOfPair(store: Store, pairId: number, sinceMs: number): number {
  return (
    store
      .query<{ count: number }>(`SELECT ${TAKEN_PLACES} AS count FROM pairs WHERE id = ?`)
      .get(sinceMs, pairId)?.count ?? 0
  );
}

/** Ordinals of pairs with a free place that this rater was never given. Looks at every pair: for the end of a study. */
export function freeOrdinals(
  store: Store,
  wanted: { studyId: number; raterId: number; places: number; sinceMs: number; limit: number },
): number[] {
  return store
    .query<{ ordinal: number }>(
      `SELECT ordinal FROM pairs WHERE study_id = ?
         AND NOT EXISTS (SELECT 1 FROM presentations g WHERE g.pair_id = pairs.id AND g.rater_id = ?)
         AND ${TAKEN_PLACES} < ? ORDER BY ordinal LIMIT ?`,
    )
    .all(wanted.studyId, wanted.raterId, wanted.sinceMs, wanted.places, wanted.limit)
    .map(({ ordinal }) => ordinal);
}

/** Counts one more presentation of a system pair for a rater, and returns how many there were before. */
export function countSystemPair(store: Store, raterId: number, systemA: number, systemB: number): number {
  const row = store
    .query<{ presentations: number }>(
      `INSERT INTO side_counts (rater_id, system_a, system_b, presentations) VALUES (?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET presentations = presentations + 1 RETURNING presentations`,
    )
    .get(raterId, systemA, systemB);
  return (row?.presentations ?? 1) - 1;
}

/** The pair at an ordinal of a study, with the ids its side balance needs. */
export function pairAtOrdinal(
  store: Store,
  studyId: number,
  ordinal: number,
): { id: number; firstSystem: number; secondSystem: number } | undefined {
  return store
    .query<{ id: number; firstSystem: number; secondSystem: number }>(
      `SELECT pairs.id AS id, f.system_id AS firstSystem, s.system_id AS secondSystem FROM pairs
       JOIN responses f ON f.id = pairs.first_response_id JOIN responses s ON s.id = pairs.second_response_id
       WHERE pairs.study_id = ? AND pairs.ordinal = ?`,
    )
    .get(studyId, ordinal);
}

/** The runs of ordinals that came with one import each. A rater's order is shuffled within each. */
export function importBlocks(store: Store, studyId: number): { first: number; count: number }[] {
  return store
    .query<{ first: number; count: number }>(
      'SELECT first_ordinal AS first, pair_count AS count FROM imports WHERE study_id = ? AND pair_count > 0 ORDER BY id',
    )
    .all(studyId);
}
