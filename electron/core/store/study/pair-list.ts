/** Pairs of a study as the lead looks through them: which fit a filter, and how far each is. */
import type { PairFilter, PairStatus, REVIEW_STATES } from '../../../../shared/pairs/pair-filter.ts';
import type { DisagreementClass } from '../../../../shared/review/disagreement-class.ts';
import type { KnownStage } from '../../../../shared/study/known-answer.ts';
import { foldText } from '../../../../shared/text/folded.ts';
import type { ReadStore } from '../engine/database.ts';

/** What decides how a pair of a study stands. */
export interface PairView {
  readonly studyId: number;
  /** How many labels a pair is to have. */
  readonly places: number;
  /** While a study is blind, a review that rests on a judge would tell what that judge said. */
  readonly isBlind: boolean;
}

const countsOfRaters = (verdict: string) => `FROM ratings r
  JOIN raters who ON who.id = r.rater_id AND who.role = 'rater' AND who.is_excluded = 0
  WHERE r.pair_id = pairs.id AND r.kind = 'vote' AND r.role = 'label' AND r.verdict ${verdict}
    AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)`;
const LABELS = `(SELECT count(*) ${countsOfRaters("<> 'skipped'")})`;
const SKIPS = `(SELECT count(*) ${countsOfRaters("= 'skipped'")})`;
const HAS_SKIP = `EXISTS (SELECT 1 ${countsOfRaters("= 'skipped'")})`;
const HAS_LABEL = `EXISTS (SELECT 1 ${countsOfRaters("<> 'skipped'")})`;
const STAGE = '(SELECT stage FROM known_answers k WHERE k.pair_id = pairs.id)';
const CLASS =
  '(SELECT class FROM disagreement_classes c WHERE c.pair_id = pairs.id ORDER BY c.id DESC LIMIT 1)';

/** Whether somebody said something of a pair `v` of a review. */
const IS_DECIDED = `EXISTS (SELECT 1 FROM presentations p WHERE p.review_id = v.review_id AND p.pair_id = v.pair_id
    AND p.is_open = 0
    AND (SELECT verdict FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1) <> 'skipped')`;
/** Reviews, each as a row for every pair `v` of it; of a blind study only those that rest on no judge. */
const reviewsFor = ({ isBlind }: Pick<PairView, 'isBlind'>) =>
  `reviewed_pairs v CROSS JOIN reviews ON reviews.id = v.review_id${
    isBlind ? " AND json_extract(reviews.plan, '$.judge') IS NULL" : ''
  }`;
/** Waiting as long as one review waits; null without one. */
const reviewFor = (view: Pick<PairView, 'isBlind'>) =>
  `(SELECT CASE WHEN min(${IS_DECIDED}) = 1 THEN 'decided' WHEN count(*) > 0 THEN 'waiting' END
    FROM ${reviewsFor(view)} WHERE v.pair_id = pairs.id)`;

type Values = readonly (string | number)[];
type Condition = readonly [sql: string, ...values: Values];

function statusCondition(status: PairStatus, places: number): Condition {
  switch (status) {
    case 'unlabelled':
      return [`NOT ${HAS_LABEL} AND NOT ${HAS_SKIP}`];
    case 'skipped':
      return [`NOT ${HAS_LABEL} AND ${HAS_SKIP}`];
    case 'part':
      return [`${LABELS} BETWEEN 1 AND ?`, places - 1];
    case 'done':
      return [`${LABELS} >= ?`, places];
  }
}

/** A value that is wanted of an expression, or that it has none; nothing where all are. */
function wantedOf(expression: string, wanted: string | undefined): Condition[] {
  if (wanted === undefined) return [];
  return wanted === 'none' ? [[`${expression} IS NULL`]] : [[`${expression} = ?`, wanted]];
}

const HAS_TEXT = `(pairs.external_id = ?
  OR EXISTS (SELECT 1 FROM items WHERE items.id = pairs.item_id AND instr(fold_stored(items.prompt), ?) > 0)
  OR EXISTS (SELECT 1 FROM responses o WHERE o.id IN (pairs.first_response_id, pairs.second_response_id)
    AND instr(fold_stored(o.output), ?) > 0))`;
const HAS_PART_OF_ID = 'instr(fold(pairs.external_id), ?) > 0';

/** An id may say what wrote an output: while the study is blind, only whoever has all of it finds it. */
function textCondition(text: string, isBlind: boolean): Condition {
  const folded = foldText(text);
  return isBlind
    ? [HAS_TEXT, text, folded, folded]
    : [`(${HAS_PART_OF_ID} OR ${HAS_TEXT})`, folded, text, folded, folded];
}

/** A filter in SQL, what is quickly told before what is not. The split is not among it. */
function conditionsOf(view: PairView, filter: PairFilter): { readonly sql: string; readonly values: Values } {
  const { text, status, slice, fewestLabels, mostLabels, check, review, isLeftOut } = filter;
  const conditions: Condition[] = [
    ...(isLeftOut === undefined ? [] : [['pairs.is_left_out = ?', isLeftOut ? 1 : 0] as const]),
    ...(slice === undefined ? [] : [[IN_SLICE, slice.name, slice.value] as const]),
    ...wantedOf(STAGE, status === undefined ? check : 'none'),
    ...wantedOf(CLASS, filter.class),
    ...wantedOf(reviewFor(view), review),
    ...(status === undefined ? [] : [statusCondition(status, view.places)]),
    ...(fewestLabels === undefined ? [] : [[`${LABELS} >= ?`, fewestLabels] as const]),
    ...(mostLabels === undefined ? [] : [[`${LABELS} <= ?`, mostLabels] as const]),
    ...(text === undefined ? [] : [textCondition(text, view.isBlind)]),
  ];
  return {
    sql: conditions.map(([sql]) => ` AND ${sql}`).join(''),
    values: conditions.flatMap(([_sql, ...values]) => values),
  };
}

const IN_SLICE = 'EXISTS (SELECT 1 FROM json_each(pairs.slices) each WHERE each.key = ? AND each.value = ?)';

/** Places of pairs in the study, from one on and before another. */
export interface OrdinalRange {
  readonly from: number;
  readonly to: number;
}

/** Ordinals of the pairs of a range that fit, in order. The split that a filter names is not looked at. */
export function pairsThatFit(
  store: ReadStore,
  view: PairView,
  filter: PairFilter,
  { from, to }: OrdinalRange,
): number[] {
  const { sql, values } = conditionsOf(view, filter);
  return store
    .rawQuery<[number]>(
      `SELECT pairs.ordinal FROM pairs WHERE pairs.study_id = ? AND pairs.ordinal >= ? AND pairs.ordinal < ?${sql}
       ORDER BY pairs.ordinal`,
    )
    .all(view.studyId, from, to, ...values)
    .map(([ordinal]) => ordinal);
}

/** The same with the prompt of each as stored, which tells its split. */
export function promptsThatFit(
  store: ReadStore,
  view: PairView,
  filter: PairFilter,
  { from, to }: OrdinalRange,
): (readonly [ordinal: number, prompt: string])[] {
  const { sql, values } = conditionsOf(view, filter);
  return store
    .rawQuery<[number, string]>(
      `SELECT pairs.ordinal, (SELECT prompt FROM items WHERE items.id = pairs.item_id) FROM pairs
       WHERE pairs.study_id = ? AND pairs.ordinal >= ? AND pairs.ordinal < ?${sql} ORDER BY pairs.ordinal`,
    )
    .all(view.studyId, from, to, ...values);
}

/** A longer task is told by its beginning in lists. */
const LISTED_BYTES = 20_000;
const BEGINNING = 400;

/** How a pair stands. */
export interface ListedPair {
  readonly pairId: number;
  readonly ordinal: number;
  readonly externalId: string;
  /** As stored; null where it is too long for a list. */
  readonly prompt: string | null;
  /** How the stored prompt begins. */
  readonly promptBeginning: string;
  readonly slices: string;
  readonly labels: number;
  readonly skips: number;
  readonly stage: KnownStage | null;
  readonly class: DisagreementClass | null;
  readonly review: (typeof REVIEW_STATES)[number] | null;
  readonly isLeftOut: number;
}

/** Pairs by their ordinals, in order; none where there is none. */
export function listedPairs(store: ReadStore, view: PairView, ordinals: readonly number[]): ListedPair[] {
  return store
    .query<ListedPair>(
      `SELECT pairs.id AS pairId, pairs.ordinal AS ordinal, pairs.external_id AS externalId,
         CASE WHEN octet_length(items.prompt) <= ${LISTED_BYTES} THEN items.prompt END AS prompt,
         substr(items.prompt, 1, ${BEGINNING}) AS promptBeginning, pairs.slices AS slices,
         ${LABELS} AS labels, ${SKIPS} AS skips, ${STAGE} AS stage, ${CLASS} AS class,
         ${reviewFor(view)} AS review, pairs.is_left_out AS isLeftOut
       FROM json_each(?) wanted CROSS JOIN pairs ON pairs.study_id = ? AND pairs.ordinal = wanted.value
         JOIN items ON items.id = pairs.item_id
       ORDER BY pairs.ordinal`,
    )
    .all(JSON.stringify(ordinals), view.studyId);
}

/** The prompt of a pair, as stored. */
export function promptOfPair(store: ReadStore, pairId: number): string {
  const row = store
    .query<{ prompt: string }>(
      'SELECT items.prompt AS prompt FROM pairs JOIN items ON items.id = pairs.item_id WHERE pairs.id = ?',
    )
    .get(pairId);
  return row?.prompt ?? '""';
}

/** A review that a pair stands in. */
export interface ReviewOfPair {
  readonly kind: 'adjudication' | 'audit';
  readonly madeAt: number;
  readonly isDecided: boolean;
}

/** The reviews of a pair that may be told, oldest first. */
export function reviewsOfPair(store: ReadStore, view: PairView, pairId: number): ReviewOfPair[] {
  return store
    .query<Omit<ReviewOfPair, 'isDecided'> & { isDecided: number }>(
      `SELECT reviews.kind AS kind, reviews.made_at AS madeAt, ${IS_DECIDED} AS isDecided
       FROM ${reviewsFor(view)} WHERE v.pair_id = ? ORDER BY reviews.id`,
    )
    .all(pairId)
    .map((row) => ({ ...row, isDecided: row.isDecided === 1 }));
}

/** Where the pair stands that has an id in its file. */
export function ordinalOfId(store: ReadStore, studyId: number, externalId: string): number | undefined {
  return store
    .query<{ ordinal: number }>('SELECT ordinal FROM pairs WHERE study_id = ? AND external_id = ?')
    .get(studyId, externalId)?.ordinal;
}

/** How many raters of a study count. */
export function countedRaters(store: ReadStore, studyId: number): number {
  return (
    store
      .query<{ count: number }>(
        "SELECT count(*) AS count FROM raters WHERE study_id = ? AND role = 'rater' AND is_excluded = 0",
      )
      .get(studyId)?.count ?? 0
  );
}
