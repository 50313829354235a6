/** A rater's own votes, as the rater may look at them again. */

import type { HistoryStart } from '../../../../shared/rating/sitting.ts';
import type { HumanVerdict, Side, SkipReason } from '../../../../shared/study/verdict.ts';
import { foldText } from '../../../../shared/text/folded.ts';
import type { ReadStore } from '../engine/database.ts';

export interface OwnVoteRow {
  readonly presentationId: string;
  readonly prompt: string;
  readonly verdict: HumanVerdict;
  readonly leftSide: Side;
  readonly strength: number | null;
  readonly note: string | null;
  readonly recordedAt: number;
  readonly block: number;
  readonly changes: number;
}

const OWN = `r.rater_id = ? AND r.kind = 'vote' AND r.role <> 'training' AND p.position >= ? AND p.block >= ?
    AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)`;

const FOUND = `FROM ratings r JOIN presentations p ON p.id = r.presentation_id
  JOIN pairs ON pairs.id = p.pair_id JOIN items ON items.id = pairs.item_id
  JOIN responses f ON f.id = coalesce(p.first_response_id, pairs.first_response_id)
  JOIN responses s ON s.id = coalesce(p.second_response_id, pairs.second_response_id)
  WHERE ${OWN} AND (? = '' OR instr(fold_stored(items.prompt), ?) OR instr(fold_stored(f.output), ?)
      OR instr(fold_stored(s.output), ?) OR instr(fold(coalesce(r.note, '')), ?))`;

/** Whether a rater has a vote on work that is too old to be looked at. */
export function hasVoteBefore(store: ReadStore, raterId: number, { place, block }: HistoryStart): boolean {
  return (
    store
      .query(
        `SELECT 1 FROM ratings r JOIN presentations p ON p.id = r.presentation_id
         WHERE r.rater_id = ? AND r.kind = 'vote' AND r.role <> 'training' AND (p.position < ? OR p.block < ?)
           AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id) LIMIT 1`,
      )
      .get(raterId, place, block) !== undefined
  );
}

/** Votes that count, newest first, whose task, outputs or note hold the words. Training is no part of it. */
export function ownVotes(
  store: ReadStore,
  raterId: number,
  since: HistoryStart,
  { search, offset, limit }: { readonly search: string; readonly offset: number; readonly limit: number },
): { readonly total: number; readonly votes: OwnVoteRow[] } {
  const words = foldText(search.trim());
  const found = [raterId, since.place, since.block, words, words, words, words, words] as const;
  const count = (from: string, values: readonly (string | number)[]) =>
    store.query<{ total: number }>(`SELECT count(*) AS total ${from}`).get(...values)?.total ?? 0;
  // Without words no text is looked up to count.
  const total =
    words === ''
      ? count(
          `FROM ratings r JOIN presentations p ON p.id = r.presentation_id WHERE ${OWN}`,
          found.slice(0, 3),
        )
      : count(FOUND, found);
  const votes = store
    .query<OwnVoteRow>(
      `SELECT p.public_id AS presentationId, items.prompt AS prompt, r.verdict AS verdict, p.left_side AS leftSide,
              r.strength AS strength, r.note AS note, r.recorded_at AS recordedAt, p.block AS block,
              (SELECT count(*) FROM ratings e WHERE e.presentation_id = p.id AND e.kind = 'vote') - 1 AS changes
       ${FOUND} ORDER BY r.id DESC LIMIT ? OFFSET ?`,
    )
    .all(...found, limit, offset);
  return { total, votes };
}

export interface OwnVoteDetails {
  readonly verdict: HumanVerdict;
  readonly strength: number | null;
  readonly confidence: number | null;
  readonly note: string | null;
  readonly details: string | null;
  readonly skipReason: SkipReason | null;
}

/** The vote on a presentation that counts. */
export function voteOnPresentation(store: ReadStore, presentationId: number): OwnVoteDetails | undefined {
  return store
    .query<OwnVoteDetails>(
      `SELECT verdict, strength, confidence, note, details, skip_reason AS skipReason FROM ratings r
       WHERE presentation_id = ? AND kind = 'vote'
         AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)`,
    )
    .get(presentationId);
}

export interface TakenBackRow extends OwnVoteDetails {
  readonly presentationId: string;
  readonly leftSide: Side;
}

/** The vote that a retraction took back, by the command of the retraction. */
export function voteTakenBack(store: ReadStore, commandId: string): TakenBackRow | undefined {
  return store
    .query<TakenBackRow>(
      `SELECT p.public_id AS presentationId, p.left_side AS leftSide, v.verdict AS verdict, v.strength AS strength,
              v.skip_reason AS skipReason, v.confidence AS confidence, v.note AS note, v.details AS details
       FROM ratings r JOIN ratings v ON v.id = r.supersedes JOIN presentations p ON p.id = v.presentation_id
       WHERE r.command_id = ? AND r.kind = 'retraction'`,
    )
    .get(commandId);
}
