/** Votes that count, rater by rater, as quality is judged by them. */
import type { RaterVote, RaterVotes } from '../../../../shared/quality/rater-votes.ts';
import type { Side } from '../../../../shared/study/verdict.ts';
import type { Store } from '../engine/database.ts';

/**
 * What a check wants: the known answer; of one output twice no side; of an output for another task not that one; of an
 * earlier pair what was said of it by then. Skips on either side leave it open.
 */
const IS_RIGHT = `CASE
    WHEN r.verdict = 'skipped' THEN NULL
    WHEN r.role = 'gold' THEN r.verdict = (SELECT verdict FROM known_answers k WHERE k.pair_id = r.pair_id)
    WHEN r.role = 'catch' AND p.kind = 'identical' THEN r.verdict IN ('tie', 'both_bad')
    WHEN r.role = 'catch' THEN r.verdict IN ('first', 'both_bad')
    WHEN r.role = 'repeat' THEN (SELECT r.verdict = was.verdict FROM ratings was
      WHERE was.presentation_id = p.repeat_of AND was.id < r.id AND was.kind = 'vote' AND was.verdict <> 'skipped'
        AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = was.id AND later.id < r.id)
      ORDER BY was.id DESC LIMIT 1)
  END`;

type Row = [
  number,
  number,
  number,
  RaterVote['role'],
  number,
  Side | null,
  number | null,
  number,
  number | null,
];

/** A rater with what was decided about them. */
export interface StudyRater extends RaterVotes {
  readonly isExcluded: boolean;
  readonly isPaused: boolean;
}

/** Every rater of a study with the votes that count, and the item of each pair, both numbered from 0. */
export function loadRaterVotes(
  store: Store,
  studyId: number,
): { readonly raters: readonly StudyRater[]; readonly itemOfPair: Int32Array } {
  const places = new Map<number, number>();
  const items = new Map<number, number>();
  const itemOfPair = store
    .rawQuery<[number, number]>('SELECT id, item_id FROM pairs WHERE study_id = ? ORDER BY ordinal')
    .all(studyId)
    .map(([pair, item], place) => {
      places.set(pair, place);
      if (!items.has(item)) items.set(item, items.size);
      return items.get(item) ?? 0;
    });
  const raters = store
    .query<{ id: number; name: string; isExcluded: number; isPaused: number }>(
      `SELECT id, name, is_excluded AS isExcluded, is_paused AS isPaused FROM raters
       WHERE study_id = ? AND role = 'rater' ORDER BY name`,
    )
    .all(studyId);
  const votesOf = store.rawQuery<Row>(
    `SELECT r.id, r.pair_id, CASE r.verdict WHEN 'first' THEN 0 WHEN 'second' THEN 1 WHEN 'tie' THEN 2
         WHEN 'both_bad' THEN 3 ELSE 7 END, r.role, length(i.prompt) + length(f.output) + length(s.output), r.left_side,
       r.viewed_ms - coalesce(r.idle_ms, 0), r.presentation_id IS NOT NULL, ${IS_RIGHT}
     FROM ratings r LEFT JOIN presentations p ON p.id = r.presentation_id
     JOIN pairs ON pairs.id = r.pair_id JOIN items i ON i.id = pairs.item_id
     JOIN responses f ON f.id = coalesce(p.first_response_id, pairs.first_response_id)
     JOIN responses s ON s.id = coalesce(p.second_response_id, pairs.second_response_id)
     WHERE r.rater_id = ? AND r.kind = 'vote' AND r.role <> 'training'
       AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id) ORDER BY r.id`,
  );
  return {
    itemOfPair: Int32Array.from(itemOfPair),
    raters: raters.map(({ id, name, isExcluded, isPaused }) => ({
      name,
      isExcluded: isExcluded === 1,
      isPaused: isPaused === 1,
      votes: votesOf
        .all(id)
        .map(([order, pair, code, role, characters, leftSide, activeMs, isHere, isRight]) => ({
          pair: places.get(pair) ?? 0,
          role,
          code,
          leftSide,
          // Times from elsewhere were measured by another clock, of another screen.
          activeMs: isHere === 1 ? activeMs : null,
          characters,
          isRight: isRight === null ? null : isRight === 1,
          order,
        })),
    })),
  };
}
