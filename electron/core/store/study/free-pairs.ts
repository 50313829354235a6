/** Which pairs have room for one more rater. */
import type { Store } from '../engine/database.ts';

/** How many raters a pair has room for, and how many where they are split. */
export interface PairPlaces {
  readonly places: number;
  readonly placesWhereSplit: number;
  /** Presentations that are open since before take no place. */
  readonly sinceMs: number;
}

/**
 * Raters who have a pair or gave it a label, but for those who left it open too long and whose pack is not still out. A
 * skip takes no place.
 */
const TAKEN_PLACES = `(pairs.taken - (SELECT count(*) FROM presentations p WHERE p.pair_id = pairs.id
    AND p.kind = 'ordinary' AND p.is_open = 1 AND p.is_asked_again = 0 AND p.created_at < ?
    AND p.rater_id IN (SELECT id FROM raters c WHERE c.role = 'rater' AND c.is_excluded = 0 AND c.is_away = 0)))`;

/** Whether the votes on a pair that count, of raters who count, say different things. */
const IS_SPLIT = `(SELECT count(DISTINCT verdict) FROM ratings r WHERE r.pair_id = pairs.id AND r.kind = 'vote'
    AND r.role = 'label' AND r.verdict <> 'skipped'
    AND r.rater_id IN (SELECT id FROM raters c WHERE c.role = 'rater' AND c.is_excluded = 0)
    AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)) > 1`;

const HAS_FREE_PLACE = `${TAKEN_PLACES} < CASE WHEN ${IS_SPLIT} THEN ? ELSE ? END`;

/** Whether one more rater may see this pair. */
export function hasFreePlace(
  store: Store,
  pairId: number,
  { places, placesWhereSplit, sinceMs }: PairPlaces,
): boolean {
  return (
    store
      .query(`SELECT 1 FROM pairs WHERE id = ? AND ${HAS_FREE_PLACE}`)
      .get(pairId, sinceMs, placesWhereSplit, places) !== undefined
  );
}

/**
 * A pair with a free place that this rater neither was given nor has a vote on. Looks only at pairs that are not taken,
 * and at the few that somebody left open, so that it costs little where next to all are taken.
 *
 * @param from the ordinal to begin at; the search goes on from the start of the study
 */
export function freePairFor(
  store: Store,
  wanted: PairPlaces & { readonly studyId: number; readonly raterId: number; readonly from: number },
): number | undefined {
  return store
    .query<{ id: number }>(
      `SELECT id FROM pairs WHERE study_id = ?
         AND id IN (SELECT id FROM pairs WHERE study_id = ? AND taken < ?
           UNION SELECT pair_id FROM presentations WHERE is_open = 1 AND review_id IS NULL AND is_asked_again = 0
             AND created_at < ? AND rater_id IN (SELECT id FROM raters WHERE is_away = 0))
         AND NOT EXISTS (SELECT 1 FROM presentations g WHERE g.pair_id = pairs.id AND g.rater_id = ?)
         AND NOT EXISTS (SELECT 1 FROM ratings v WHERE v.pair_id = pairs.id AND v.rater_id = ? AND v.kind = 'vote'
           AND v.role = 'label' AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = v.id))
         AND NOT EXISTS (SELECT 1 FROM known_answers k WHERE k.pair_id = pairs.id)
         AND (NOT EXISTS (SELECT 1 FROM selections WHERE study_id = ?)
           OR EXISTS (SELECT 1 FROM selected_pairs d WHERE d.pair_id = pairs.id))
         AND ${HAS_FREE_PLACE} ORDER BY ordinal < ?, ordinal LIMIT 1`,
    )
    .get(
      wanted.studyId,
      wanted.studyId,
      Math.max(wanted.places, wanted.placesWhereSplit),
      wanted.sinceMs,
      wanted.raterId,
      wanted.raterId,
      wanted.studyId,
      wanted.sinceMs,
      wanted.placesWhereSplit,
      wanted.places,
      wanted.from,
    )?.id;
}
