/** Pairs that are looked at once more, and what was said of them then. */
import type { AgreementOptions } from '../../../../shared/labels/agreement-options.ts';
import type { ReviewPlan, ReviewStratum } from '../../../../shared/review/review-plan.ts';
import type { HumanVerdict, Side } from '../../../../shared/study/verdict.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { type OfPair, rowsOfPairs } from '../engine/rows-of-pairs.ts';
import { countsAsPair } from '../study/pair-decisions.ts';

export interface ReviewRow {
  readonly id: number;
  readonly publicId: string;
  readonly kind: ReviewPlan['kind'];
  /** What was asked for, and what a draw found out about the whole. */
  readonly plan: StoredReviewPlan;
  readonly madeAt: number;
  readonly pairs: number;
}

/** A plan with how many pairs there were to draw from; an adjudication draws from none. */
export type StoredReviewPlan = ReviewPlan & {
  readonly differing?: number;
  readonly agreeing?: number;
  /** Pairs with a label on which the judge gave no verdict that could be compared. */
  readonly notJudged?: number;
  /** How “both bad” was folded when labels and verdicts were compared. */
  readonly bothBad?: AgreementOptions['bothBad'];
  /** Whether the study's pairs were drawn with different chances, which an audit does not weigh. */
  readonly isWeighted?: boolean;
};

const REVIEW = `SELECT id, public_id AS publicId, kind, plan, made_at AS madeAt,
    (SELECT count(*) FROM reviewed_pairs WHERE review_id = reviews.id) AS pairs FROM reviews`;

/** The reviews of a study, oldest first. */
export function reviewsOf(store: ReadStore, studyId: number): ReviewRow[] {
  return store
    .query<Omit<ReviewRow, 'plan'> & { plan: string }>(`${REVIEW} WHERE study_id = ? ORDER BY id`)
    .all(studyId)
    .map((row) => ({ ...row, plan: JSON.parse(row.plan) as StoredReviewPlan }));
}

export function reviewById(store: ReadStore, id: number): ReviewRow | undefined {
  const row = store.query<Omit<ReviewRow, 'plan'> & { plan: string }>(`${REVIEW} WHERE id = ?`).get(id);
  return row === undefined ? undefined : { ...row, plan: JSON.parse(row.plan) as StoredReviewPlan };
}

export interface ReviewedPair {
  readonly pairId: number;
  readonly stratum: ReviewStratum;
  readonly people: HumanVerdict | null;
  readonly judge: HumanVerdict | null;
}

export function insertReview(
  store: WriteStore,
  studyId: number,
  {
    publicId,
    plan,
    madeAt,
    pairs,
  }: {
    readonly publicId: string;
    readonly plan: StoredReviewPlan;
    readonly madeAt: number;
    readonly pairs: readonly ReviewedPair[];
  },
): void {
  const { lastId } = store.run(
    'INSERT INTO reviews (public_id, study_id, kind, plan, made_at) VALUES (?, ?, ?, ?, ?)',
    publicId,
    studyId,
    plan.kind,
    JSON.stringify(plan),
    madeAt,
  );
  pairs.forEach(({ pairId, stratum, people, judge }, place) => {
    store.run(
      'INSERT INTO reviewed_pairs (review_id, place, pair_id, stratum, people, judge) VALUES (?, ?, ?, ?, ?, ?)',
      lastId,
      place,
      pairId,
      stratum,
      people,
      judge,
    );
  });
}

/** Whether a presentation holds its pair's place: it is open since not too long, or a side, tie or both bad was said. */
const IS_TAKEN = `EXISTS (SELECT 1 FROM presentations p WHERE p.review_id = v.review_id AND p.pair_id = v.pair_id
    AND ((p.is_open = 1 AND p.created_at >= ?)
      OR (SELECT verdict FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1) <> 'skipped'))`;

/**
 * Whether this adjudicator had the pair in this review, or in any: a second look is nobody's who took the first. The plus
 * keeps SQLite from walking all that the adjudicator was ever given.
 */
const IS_GIVEN = `EXISTS (SELECT 1 FROM presentations p WHERE p.pair_id = v.pair_id AND +p.rater_id = ?
    AND (p.review_id = v.review_id OR reviews.kind = 'audit' AND p.review_id IS NOT NULL))`;

const LEFT = `FROM reviewed_pairs v JOIN reviews ON reviews.id = v.review_id
  WHERE reviews.study_id = ? AND ${countsAsPair('v.pair_id')} AND NOT ${IS_TAKEN} AND NOT ${IS_GIVEN}`;

/** The next pair of the oldest review that nobody has and this adjudicator was not given. */
export function nextReviewedPair(
  store: ReadStore,
  { studyId, raterId, sinceMs }: ReviewTurn,
): { readonly reviewId: number; readonly pairId: number } | undefined {
  return store
    .query<{ reviewId: number; pairId: number }>(
      `SELECT v.review_id AS reviewId, v.pair_id AS pairId ${LEFT} ORDER BY v.review_id, v.place LIMIT 1`,
    )
    .get(studyId, sinceMs, raterId);
}

/** How many pairs of all reviews are left for an adjudicator. */
export function reviewedPairsLeft(store: ReadStore, { studyId, raterId, sinceMs }: ReviewTurn): number {
  return (
    store.query<{ count: number }>(`SELECT count(*) AS count ${LEFT}`).get(studyId, sinceMs, raterId)
      ?.count ?? 0
  );
}

/** For whom pairs are looked for; what is open since before `sinceMs` is no longer held. */
export interface ReviewTurn {
  readonly studyId: number;
  readonly raterId: number;
  readonly sinceMs: number;
}

/** Pairs that stand in an adjudication of the study, by their id. */
export function adjudicatedPairs(store: ReadStore, studyId: number): Set<number> {
  return new Set(
    store
      .rawQuery<[number]>(
        `SELECT v.pair_id FROM reviewed_pairs v JOIN reviews ON reviews.id = v.review_id
         WHERE reviews.study_id = ? AND reviews.kind = 'adjudication'`,
      )
      .all(studyId)
      .map(([pair]) => pair),
  );
}

/** Whether every pair of an audit was looked at: what it found is told then, and its votes are final. */
export function isAuditComplete(store: ReadStore, reviewId: number): boolean {
  return (
    reviewById(store, reviewId)?.kind === 'audit' &&
    reviewAnswers(store, reviewId).every(({ verdict }) => verdict !== null)
  );
}

/** What was said of the pairs of a review: the last vote that counts of whoever took it, null without one. */
export function reviewAnswers(
  store: ReadStore,
  reviewId: number,
): (ReviewedPair & { readonly verdict: HumanVerdict | null })[] {
  return store
    .query<ReviewedPair & { verdict: HumanVerdict | null }>(
      `SELECT v.pair_id AS pairId, v.stratum AS stratum, v.people AS people, v.judge AS judge,
         (SELECT r.verdict FROM presentations p JOIN ratings r ON r.presentation_id = p.id
          WHERE p.review_id = v.review_id AND p.pair_id = v.pair_id AND r.kind = 'vote'
            AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)
          ORDER BY r.verdict = 'skipped', r.id LIMIT 1) AS verdict
       FROM reviewed_pairs v WHERE v.review_id = ? ORDER BY v.place`,
    )
    .all(reviewId);
}

/** An adjudicator's decision on a pair. */
export interface Decision extends OfPair {
  readonly by: string;
  readonly verdict: Exclude<HumanVerdict, 'skipped'>;
  readonly note: string | null;
  readonly recordedAt: number | null;
  readonly leftSide: Side | null;
  /** Whether it was changed after the raters' votes could be seen. */
  readonly isChanged: number;
  readonly afterUnblinding: number;
}

/** The decisions on pairs that count, by name. */
export function decisionsOnPairs(
  store: ReadStore,
  pairIds: readonly number[],
): (pairId: number) => readonly Decision[] {
  // Hardly any study has adjudicators, and the votes of a study are many.
  const [hasAdjudicators] =
    store.rawQuery<[number]>("SELECT EXISTS (SELECT 1 FROM raters WHERE role = 'adjudicator')").get() ?? [];
  if (hasAdjudicators !== 1) return () => [];
  return rowsOfPairs<Decision>(
    store,
    `SELECT r.pair_id AS pairId, raters.name AS by, r.verdict AS verdict, r.note AS note, r.recorded_at AS recordedAt,
              r.left_side AS leftSide,
              (json_extract(r.details, '$.changed') IS 1 OR (json_extract(reviews.plan, '$.showsVotes') IS 1 AND
                (SELECT count(*) FROM ratings e WHERE e.presentation_id = p.id AND e.kind = 'vote') > 1)) AS isChanged,
              r.after_unblinding AS afterUnblinding
       FROM json_each(?) wanted CROSS JOIN ratings r ON r.pair_id = wanted.value
       JOIN raters ON raters.id = r.rater_id AND raters.role = 'adjudicator'
       LEFT JOIN presentations p ON p.id = r.presentation_id LEFT JOIN reviews ON reviews.id = p.review_id
       WHERE r.kind = 'vote' AND r.role = 'label' AND r.verdict <> 'skipped'
         AND coalesce(reviews.kind, 'adjudication') = 'adjudication'
         AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)
       ORDER BY raters.name`,
    pairIds,
  );
}

export function decisionsOnPair(store: ReadStore, pairId: number): readonly Decision[] {
  return decisionsOnPairs(store, [pairId])(pairId);
}
