import type { Side } from '../../../../shared/study/verdict.ts';
import type { Store } from '../engine/database.ts';

export interface EarlierPresentation {
  readonly id: number;
  readonly pairId: number;
  readonly leftSide: Side;
}

const MOST = 40;

/**
 * A rater's ordinary pairs that were voted on and may be shown again: none of their texts stood in any of the last `gap`
 * presentations, and they were not used for the same end before. They begin at a place of the past and go on from its start.
 *
 * @param before the block the pair's own must have come before
 * @param from where in the past to begin, in [0, 1)
 */
export function earlierPresentations(
  store: Store,
  {
    raterId,
    gap,
    before,
    use,
    from,
  }: {
    readonly raterId: number;
    readonly gap: number;
    readonly before: number;
    readonly use: 'repeat' | 'catch';
    readonly from: number;
  },
): EarlierPresentation[] {
  const { last = null } =
    store
      .query<{ last: number | null }>('SELECT max(position) AS last FROM presentations WHERE rater_id = ?')
      .get(raterId) ?? {};
  const end = (last ?? -1) - gap + 1;
  if (end <= 0) return [];
  const unused =
    use === 'repeat'
      ? 'NOT EXISTS (SELECT 1 FROM presentations q WHERE q.repeat_of = p.id)'
      : `NOT EXISTS (SELECT 1 FROM presentations q WHERE q.pair_id = p.pair_id AND q.rater_id = p.rater_id
           AND q.kind IN ('identical', 'off_topic'))`;
  const page = store.query<EarlierPresentation>(
    `SELECT p.id AS id, p.pair_id AS pairId, p.left_side AS leftSide FROM presentations p
     WHERE p.rater_id = ? AND p.position >= ? AND p.position < ? AND p.block < ?
       AND p.kind = 'ordinary' AND p.is_open = 0 AND ${unused}
       AND (SELECT verdict FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1) <> 'skipped'
       AND NOT EXISTS (
         SELECT 1 FROM presentations late JOIN pairs lp ON lp.id = late.pair_id JOIN pairs ep ON ep.id = p.pair_id
         WHERE late.rater_id = p.rater_id AND late.position >= ?
           AND (coalesce(late.first_response_id, lp.first_response_id) IN (ep.first_response_id, ep.second_response_id)
             OR coalesce(late.second_response_id, lp.second_response_id) IN (ep.first_response_id, ep.second_response_id)))
     ORDER BY p.position LIMIT ${MOST}`,
  );
  const start = Math.floor(from * end);
  const later = page.all(raterId, start, end, before, end);
  return later.length === MOST
    ? later
    : [...later, ...page.all(raterId, 0, start, before, end)].slice(0, MOST);
}
