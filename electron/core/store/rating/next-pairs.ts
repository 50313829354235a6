/**
 * Pairs that a rater can be shown next, each with the systems of its outputs and how these stood for the rater so far. A plus
 * before `rater_id` keeps SQLite from walking all that the rater was ever given, where it can look at the few that have a pair.
 */

import { NO_SIDE_COUNT, type SideCount } from '../../../../shared/rating/lay-out.ts';
import {
  type EarlierPair,
  MOST_TRIED,
  type PairSides,
  type PlaceAhead,
} from '../../../../shared/rating/plan.ts';
import type { Side } from '../../../../shared/study/verdict.ts';
import type { ReadStore } from '../engine/database.ts';
import { countsAsPair } from '../study/pair-decisions.ts';
import type { PairRun } from '../study/pair-runs.ts';
import { OPEN_PAIRS } from './presentations.ts';

/** How many raters a pair has room for, and how many where they are split. */
export interface PairPlaces {
  readonly places: number;
  readonly placesWhereSplit: number;
  /** Presentations that are open since before take no place. */
  readonly sinceMs: number;
}

/** A pair, and how its two systems stood for one rater. */
export interface CountedPair<Pair extends PairSides = PairSides> {
  readonly sides: Pair;
  readonly count: SideCount;
}

interface CountedRow {
  readonly pairId: number;
  readonly itemId: number;
  readonly firstId: number;
  readonly firstSystem: number;
  readonly secondId: number;
  readonly secondSystem: number;
  readonly presentations: number | null;
  readonly label: number;
  readonly check: number;
}

const COUNTED = `pairs.id AS pairId, pairs.item_id AS itemId, f.id AS firstId, f.system_id AS firstSystem,
  s.id AS secondId, s.system_id AS secondSystem, c.presentations AS presentations, c.lead AS label, c.check_lead AS "check"`;

/** The outputs of `pairs`, and the count of their systems for a rater. */
const countedFor = (rater: string) => `JOIN responses f ON f.id = pairs.first_response_id
  JOIN responses s ON s.id = pairs.second_response_id
  LEFT JOIN side_counts c ON c.rater_id = ${rater} AND c.system_a = min(f.system_id, s.system_id)
    AND c.system_b = max(f.system_id, s.system_id)`;

function countedOf(row: CountedRow): CountedPair {
  const { pairId, itemId, presentations, label, check } = row;
  return {
    sides: {
      pairId,
      itemId,
      first: { responseId: row.firstId, systemId: row.firstSystem },
      second: { responseId: row.secondId, systemId: row.secondSystem },
    },
    count: presentations === null ? NO_SIDE_COUNT : { presentations, label, check },
  };
}

/** One pair as it stands for a rater. */
export function countedPair(store: ReadStore, pairId: number, raterId: number): CountedPair | undefined {
  const row = store
    .query<CountedRow>(`SELECT ${COUNTED} FROM pairs ${countedFor('?')} WHERE pairs.id = ?`)
    .get(raterId, pairId);
  return row === undefined ? undefined : countedOf(row);
}

/**
 * Raters who have a pair or gave it a label, but for those who left it open too long and whose pack is not still out. A
 * skip takes no place.
 */
const TAKEN_PLACES = `(pairs.taken - (SELECT count(*) FROM presentations p WHERE p.pair_id = pairs.id
    AND p.kind = 'ordinary' AND p.is_open = 1 AND p.is_asked_again = 0 AND p.created_at < (SELECT since FROM wanted)
    AND EXISTS (SELECT 1 FROM raters who WHERE who.id = p.rater_id AND who.role = 'rater' AND who.is_excluded = 0
      AND who.is_away = 0)))`;

/** Whether the votes on a pair that count, of raters who count, say different things. */
const IS_SPLIT = `(SELECT count(DISTINCT verdict) FROM ratings r WHERE r.pair_id = pairs.id AND r.kind = 'vote'
    AND r.role = 'label' AND r.verdict <> 'skipped'
    AND EXISTS (SELECT 1 FROM raters who WHERE who.id = r.rater_id AND who.role = 'rater' AND who.is_excluded = 0)
    AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)) > 1`;

const HAS_FREE_PLACE = `${TAKEN_PLACES} < (SELECT CASE WHEN ${IS_SPLIT} THEN split ELSE places END FROM wanted)`;

/** Whether a pair is one to label, without this rater's own vote. */
const IS_WANTED = `pairs.is_left_out = 0 AND NOT EXISTS (SELECT 1 FROM known_answers k WHERE k.pair_id = pairs.id)
    AND NOT EXISTS (SELECT 1 FROM ratings v WHERE v.pair_id = pairs.id AND v.rater_id = (SELECT rater FROM wanted)
      AND v.kind = 'vote' AND v.role = 'label' AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = v.id))`;

/** The first pair on the way that has room; the order of `json_each` by its row number is the order of the array. */
const ON_THE_WAY = `SELECT each.key AS step, pairs.id AS id FROM json_each(?) AS each CROSS JOIN pairs
  ON pairs.id = CASE WHEN json_extract(each.value, '$[0]') IS NULL
    THEN (SELECT id FROM pairs o WHERE o.study_id = (SELECT study FROM wanted) AND o.ordinal = json_extract(each.value, '$[1]'))
    ELSE (SELECT pair_id FROM selected_pairs d WHERE d.selection_id = json_extract(each.value, '$[0]')
      AND d.place = json_extract(each.value, '$[1]')) END
  WHERE ${IS_WANTED}
    AND NOT EXISTS (SELECT 1 FROM presentations g WHERE g.pair_id = pairs.id
      AND +g.rater_id = (SELECT rater FROM wanted) AND g.kind = 'ordinary')
    AND (json_extract(each.value, '$[2]') = 1 OR ${HAS_FREE_PLACE})
  ORDER BY each.rowid LIMIT 1`;

/**
 * Any pair that has room. Looks only at pairs that are not taken, and at the few that somebody left open, so that it costs
 * little where next to all are taken.
 */
const ANYWHERE = `SELECT NULL AS step, id FROM pairs WHERE study_id = (SELECT study FROM wanted)
  AND id IN (SELECT id FROM pairs t WHERE t.study_id = (SELECT study FROM wanted)
      AND t.taken < (SELECT max(places, split) FROM wanted)
    UNION SELECT pair_id FROM ${OPEN_PAIRS} WHERE p.is_open = 1 AND review_id IS NULL AND is_asked_again = 0
      AND created_at < (SELECT since FROM wanted) AND rater_id IN (SELECT id FROM raters WHERE is_away = 0))
  AND NOT EXISTS (SELECT 1 FROM presentations g WHERE g.pair_id = pairs.id AND +g.rater_id = (SELECT rater FROM wanted))
  AND ${IS_WANTED}
  AND (NOT EXISTS (SELECT 1 FROM selections WHERE study_id = (SELECT study FROM wanted))
    OR EXISTS (SELECT 1 FROM selected_pairs d WHERE d.pair_id = pairs.id))
  AND ${HAS_FREE_PLACE} ORDER BY ordinal < (SELECT start FROM wanted), ordinal LIMIT 1`;

const nextPair = (found: string) => `WITH wanted (study, rater, places, split, since, start)
    AS MATERIALIZED (VALUES (?, ?, ?, ?, ?, ?)), found AS MATERIALIZED (${found})
  SELECT found.step AS step, ${COUNTED}, octet_length(items.prompt || f.output || s.output) AS size
  FROM found JOIN pairs ON pairs.id = found.id JOIN items ON items.id = pairs.item_id ${countedFor('(SELECT rater FROM wanted)')}`;

/** What is free anywhere is looked for only where nothing on the way is. */
const NEXT_OR_FREE = nextPair(`SELECT * FROM (${ON_THE_WAY}) UNION ALL SELECT * FROM (${ANYWHERE}) LIMIT 1`);
const NEXT = nextPair(ON_THE_WAY);

/** For whom the next pair to label is looked for. */
export interface NextPairRequest extends PairPlaces {
  readonly studyId: number;
  readonly raterId: number;
  readonly ahead: readonly PlaceAhead<PairRun>[];
  /** The ordinal to begin at where nothing on the way is free; null where only the way is looked at. */
  readonly from: number | null;
}

/**
 * The next pair that a rater is to label: the first on the rater's way that is not known, not the rater's already and has
 * room, else any that has. Its texts are read with it, so that showing it later takes as long as showing an earlier one.
 */
export function nextPairFor(
  store: ReadStore,
  { studyId, raterId, ahead, from, places, placesWhereSplit, sinceMs }: NextPairRequest,
): (CountedPair & { readonly step: number | null }) | undefined {
  const way = ahead.map(({ run, place, isForAll }) => [
    run.selectionId,
    run.firstOrdinal + place,
    isForAll ? 1 : 0,
  ]);
  const row = store
    .query<CountedRow & { step: number | null }>(from === null ? NEXT : NEXT_OR_FREE)
    .get(studyId, raterId, places, placesWhereSplit, sinceMs, from, JSON.stringify(way));
  return row === undefined ? undefined : { ...countedOf(row), step: row.step };
}

/** What earlier pairs are looked for: to be shown again, or to make a check of. */
export interface EarlierRequest {
  readonly raterId: number;
  /** How many of the newest presentations must share no text with the pair. */
  readonly gap: number;
  /** How many presentations the rater was given. */
  readonly listed: number;
  /** The block the pair's own must have come before. */
  readonly before: number;
  readonly use: 'repeat' | 'catch';
  /** Where in the past to begin, in [0, 1); the search goes on from its start. */
  readonly from: number;
}

const UNUSED = {
  repeat: 'NOT EXISTS (SELECT 1 FROM presentations q WHERE q.repeat_of = p.id)',
  catch: `NOT EXISTS (SELECT 1 FROM presentations q WHERE q.pair_id = p.pair_id AND +q.rater_id = p.rater_id
    AND q.kind IN ('identical', 'off_topic'))`,
} as const;

const earlierPart = (
  use: 'repeat' | 'catch',
  part: number,
) => `SELECT ${part} AS part, p.id AS id FROM presentations p
  WHERE p.rater_id = (SELECT rater FROM wanted) AND p.position >= ? AND p.position < ? AND +p.block < (SELECT block FROM wanted)
    AND p.kind = 'ordinary' AND p.is_open = 0 AND ${countsAsPair('p.pair_id')} AND ${UNUSED[use]}
    AND (SELECT verdict FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1) <> 'skipped'
    AND NOT EXISTS (
      SELECT 1 FROM presentations late JOIN pairs lp ON lp.id = late.pair_id JOIN pairs ep ON ep.id = p.pair_id
      WHERE late.rater_id = p.rater_id AND late.position >= (SELECT recent FROM wanted)
        AND (coalesce(late.first_response_id, lp.first_response_id) IN (ep.first_response_id, ep.second_response_id)
          OR coalesce(late.second_response_id, lp.second_response_id) IN (ep.first_response_id, ep.second_response_id)))
  ORDER BY p.position LIMIT ${MOST_TRIED}`;

const earlierSql = (
  use: 'repeat' | 'catch',
) => `WITH wanted (rater, block, recent) AS MATERIALIZED (VALUES (?, ?, ?)),
    found AS MATERIALIZED (SELECT * FROM (${earlierPart(use, 0)}) UNION ALL SELECT * FROM (${earlierPart(use, 1)})
      LIMIT ${MOST_TRIED})
  SELECT p.id AS presentationId, p.left_side AS leftSide, ${COUNTED}
  FROM found CROSS JOIN presentations p ON p.id = found.id JOIN pairs ON pairs.id = p.pair_id ${countedFor('p.rater_id')}
  ORDER BY found.part, p.position`;

const EARLIER = { repeat: earlierSql('repeat'), catch: earlierSql('catch') } as const;

/** A rater's ordinary pairs that were voted on and may be shown again, from a place of the past on and round. */
export function earlierPairs(
  store: ReadStore,
  { raterId, gap, listed, before, use, from }: EarlierRequest,
): CountedPair<EarlierPair>[] {
  const end = listed - gap;
  if (end <= 0) return [];
  const start = Math.floor(from * end);
  return store
    .query<CountedRow & { presentationId: number; leftSide: Side }>(EARLIER[use])
    .all(raterId, before, end, start, end, 0, start)
    .map((row) => {
      const { sides, count } = countedOf(row);
      const { presentationId, leftSide } = row;
      return { sides: { ...sides, presentationId, leftSide }, count };
    });
}

const goldPart = `SELECT pair_id AS id FROM known_answers k WHERE study_id = ? AND stage = 'gold' AND place >= ? AND place < ?
  AND ${countsAsPair('k.pair_id')}
  AND NOT EXISTS (SELECT 1 FROM presentations p WHERE p.pair_id = k.pair_id AND +p.rater_id = ?) ORDER BY place LIMIT 1`;

/** A gold pair this rater was not given yet, by its place from `from` on and round; undefined when all were given. */
export function goldPairFor(
  store: ReadStore,
  studyId: number,
  raterId: number,
  from: number,
): CountedPair | undefined {
  const row = store
    .query<CountedRow>(
      `WITH found AS MATERIALIZED (SELECT * FROM (${goldPart}) UNION ALL SELECT * FROM (${goldPart}) LIMIT 1)
       SELECT ${COUNTED} FROM found JOIN pairs ON pairs.id = found.id ${countedFor('?')}`,
    )
    .get(studyId, from, Number.MAX_SAFE_INTEGER, raterId, studyId, 0, from, raterId, raterId);
  return row === undefined ? undefined : countedOf(row);
}

/** Pairs of a training set in their order, and whether a rater was given them in an attempt. */
export function trainingPairs(
  store: ReadStore,
  studyId: number,
  raterId: number,
  stage: 'practice' | 'qualifying',
  attempt: number,
): { readonly pairId: number; readonly isGiven: number }[] {
  return store
    .query<{ pairId: number; isGiven: number }>(
      `SELECT pair_id AS pairId, EXISTS (SELECT 1 FROM presentations p WHERE p.pair_id = k.pair_id AND +p.rater_id = ?
         AND p.kind = k.stage AND p.block = ?) AS isGiven
       FROM known_answers k WHERE study_id = ? AND stage = ? ORDER BY place`,
    )
    .all(raterId, attempt, studyId, stage);
}
