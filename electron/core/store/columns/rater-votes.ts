/** Votes that count, rater by rater, as quality is judged by them. */
import type { RaterVotes, VoteColumns } from '../../../../shared/quality/rater-votes.ts';
import type { ReadStore } from '../engine/database.ts';
import { leftOutPairs } from '../study/pair-decisions.ts';
import { studyColumnsOf } from './kept-columns.ts';
import { placesById } from './pair-columns.ts';
import type { StudyColumns } from './study-columns.ts';
import { placeIn, type VoteTable } from './vote-table.ts';

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

/** A rater with what was decided about them. */
export interface StudyRater extends RaterVotes {
  readonly isExcluded: boolean;
  readonly isPaused: boolean;
}

/**
 * Checks of a rater by their vote: whether each was answered rightly, and the characters of those that showed something else than
 * their pair.
 */
const CHECKS = `SELECT r.id, ${IS_RIGHT},
    CASE WHEN coalesce(p.first_response_id, p.second_response_id) IS NOT NULL THEN (
      SELECT length(i.prompt) + length(f.output) + length(s.output)
      FROM pairs JOIN items i ON i.id = pairs.item_id
      JOIN responses f ON f.id = coalesce(p.first_response_id, pairs.first_response_id)
      JOIN responses s ON s.id = coalesce(p.second_response_id, pairs.second_response_id)
      WHERE pairs.id = r.pair_id) END
  FROM ratings r LEFT JOIN presentations p ON p.id = r.presentation_id
  WHERE r.rater_id = ? AND r.role <> 'label' AND r.role IN ('repeat', 'gold', 'catch') AND r.kind = 'vote'`;

/** Every rater of a study with the votes that count, none on pairs that are left out, and the item of each pair, both numbered from 0. */
export function loadRaterVotes(
  store: ReadStore,
  studyId: number,
  { votes, pairs, characters }: StudyColumns = studyColumnsOf(store, studyId),
): { readonly raters: readonly StudyRater[]; readonly itemOfPair: Int32Array } {
  const raters = store
    .query<{ id: number; name: string; isExcluded: number; isPaused: number }>(
      `SELECT id, name, is_excluded AS isExcluded, is_paused AS isPaused FROM raters
       WHERE study_id = ? AND role = 'rater' ORDER BY name`,
    )
    .all(studyId);
  const checksOf = store.rawQuery<[id: number, isRight: number | null, characters: number | null]>(CHECKS);
  // How long a text is matters where it is known how long it was looked at.
  const isTimed = votes.activeMs.some((time) => !Number.isNaN(time));
  const charactersOf = isTimed ? characters() : new Int32Array(pairs.ids.length);
  const isLeftOut = new Uint8Array(pairs.ids.length);
  for (const id of leftOutPairs(store, studyId)) isLeftOut[pairs.placeOf(id)] = 1;
  const placeOf = placesById(Int32Array.from(raters, ({ id }) => id));
  const columnsOf = columnsByRater(votes, charactersOf, raters.length, (vote) =>
    votes.isSuperseded[vote] === 1 || isLeftOut[votes.pair[vote] ?? 0] === 1
      ? -1
      : placeOf(votes.rater[vote] ?? 0),
  );
  return {
    itemOfPair: pairs.itemOfPair,
    raters: raters.map(({ id, name, isExcluded, isPaused }, rater) => {
      const own = columnsOf(rater);
      for (const [vote, isRight, shown] of checksOf.all(id)) {
        const at = placeIn(own.order, vote);
        if (at < 0) continue;
        own.isRight[at] = isRight ?? -1;
        if (shown !== null) own.characters[at] = shown;
      }
      return { name, isExcluded: isExcluded === 1, isPaused: isPaused === 1, votes: own };
    }),
  };
}

/**
 * The votes that count of each of some raters, in their order: laid one rater's behind another's.
 *
 * @param raterOf the place of the rater of a vote; negative where it does not count
 */
function columnsByRater(
  votes: VoteTable,
  charactersOf: Int32Array,
  raters: number,
  raterOf: (vote: number) => number,
): (rater: number) => VoteColumns {
  const starts = new Int32Array(raters + 1);
  for (let vote = 0; vote < votes.length; vote++) {
    const rater = raterOf(vote);
    if (rater >= 0) starts[rater + 1] = (starts[rater + 1] ?? 0) + 1;
  }
  for (let rater = 0; rater < raters; rater++)
    starts[rater + 1] = (starts[rater + 1] ?? 0) + (starts[rater] ?? 0);
  const next = starts.slice();
  const all = starts.at(-1) ?? 0;
  const columns = {
    pair: new Int32Array(all),
    role: new Uint8Array(all),
    code: new Int8Array(all),
    leftSide: new Int8Array(all),
    activeMs: new Float64Array(all),
    order: new Float64Array(all),
    characters: new Int32Array(all),
    isRight: new Int8Array(all).fill(-1),
  };
  for (let vote = 0; vote < votes.length; vote++) {
    const rater = raterOf(vote);
    if (rater < 0) continue;
    const at = next[rater] ?? 0;
    next[rater] = at + 1;
    const pair = votes.pair[vote] ?? 0;
    columns.pair[at] = pair;
    columns.role[at] = votes.role[vote] ?? 0;
    columns.code[at] = votes.code[vote] ?? 0;
    columns.leftSide[at] = votes.leftSide[vote] ?? 0;
    columns.activeMs[at] = votes.activeMs[vote] ?? 0;
    columns.order[at] = votes.order[vote] ?? 0;
    columns.characters[at] = charactersOf[pair] ?? 0;
  }
  return (rater) => {
    const [from, to] = [starts[rater] ?? 0, starts[rater + 1] ?? 0];
    return {
      pair: columns.pair.subarray(from, to),
      role: columns.role.subarray(from, to),
      code: columns.code.subarray(from, to),
      leftSide: columns.leftSide.subarray(from, to),
      activeMs: columns.activeMs.subarray(from, to),
      order: columns.order.subarray(from, to),
      characters: columns.characters.subarray(from, to),
      isRight: columns.isRight.subarray(from, to),
    };
  };
}
