/** Votes that count, rater by rater, as quality is judged by them. */
import type { RaterVotes, VoteColumns } from '../../../../shared/quality/rater-votes.ts';
import type { ReadStore } from '../engine/database.ts';
import { leftOutPairs } from '../study/pair-decisions.ts';
import { studyColumnsOf } from './kept-columns.ts';
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
  const leftOut = leftOutPairs(store, studyId);
  const isLeftOut = Uint8Array.from(pairs.ids, (id) => Number(leftOut.has(id)));
  const columnsOf = columnsByRater(
    votes,
    charactersOf,
    (vote) => votes.isSuperseded[vote] !== 1 && isLeftOut[votes.pair[vote] ?? 0] !== 1,
  );
  return {
    itemOfPair: pairs.itemOfPair,
    raters: raters.map(({ id, name, isExcluded, isPaused }) => {
      const own = columnsOf(id);
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

/** Each rater's votes that count, in their order: one walk over all, which lays every rater's one behind another. */
function columnsByRater(
  votes: VoteTable,
  charactersOf: Int32Array,
  isCounted: (vote: number) => boolean,
): (rater: number) => VoteColumns {
  const counts = new Map<number, number>();
  let all = 0;
  for (let vote = 0; vote < votes.length; vote++) {
    if (!isCounted(vote)) continue;
    const rater = votes.rater[vote] ?? 0;
    counts.set(rater, (counts.get(rater) ?? 0) + 1);
    all++;
  }
  const starts = new Map<number, number>();
  let start = 0;
  for (const [rater, count] of counts) {
    starts.set(rater, start);
    start += count;
  }
  const next = new Map(starts);
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
    if (!isCounted(vote)) continue;
    const rater = votes.rater[vote] ?? 0;
    const at = next.get(rater) ?? 0;
    next.set(rater, at + 1);
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
    const from = starts.get(rater) ?? 0;
    const to = from + (counts.get(rater) ?? 0);
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
