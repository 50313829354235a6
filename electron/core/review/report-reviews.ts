import { LEAST_BLIND_PAIRS } from '../../../shared/blind/few-pairs.ts';
import type { ReviewSummary } from '../../../shared/contract/review-methods.ts';
import { auditResult, type SecondLook } from '../../../shared/review/audit-result.ts';
import type { HumanVerdict } from '../../../shared/study/verdict.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { type ReviewRow, reviewAnswers, reviewsOf } from '../store/review/reviews.ts';
import type { StudyRow } from '../store/study/studies.ts';

/** The reviews of a study, oldest first, with what audits say of the labels. */
export function reportReviews(store: ReadStore, study: StudyRow): ReviewSummary[] {
  return reviewsOf(store, study.id).map((review) => summaryOf(store, review, study.unblindedAt === null));
}

/**
 * While a study is blind, what a review found is told once all of its pairs were looked at: a count that moved with a single
 * vote would tell what the judge said of that pair. An audit of few pairs tells as much.
 */
function summaryOf(
  store: ReadStore,
  { id, publicId, kind, plan, madeAt, pairs }: ReviewRow,
  isBlind: boolean,
): ReviewSummary {
  // A second look is folded as labels and verdicts were when they were compared.
  const fold = (verdict: HumanVerdict | null) =>
    verdict === 'both_bad' && plan.bothBad === 'tie' ? 'tie' : verdict;
  const rows = reviewAnswers(store, id).map((row) => ({ ...row, verdict: fold(row.verdict) }));
  const isTold = !isBlind || rows.every(({ verdict }) => verdict !== null);
  const answered = rows.filter(({ verdict }) => verdict !== null && verdict !== 'skipped');
  const strata: Partial<Record<(typeof rows)[number]['stratum'], number>> = {};
  for (const { stratum } of rows) strata[stratum] = (strata[stratum] ?? 0) + 1;
  return {
    reviewId: publicId,
    madeAt,
    kind,
    judge: plan.judge,
    pairs,
    answered: answered.length,
    skipped: rows.filter(({ verdict }) => verdict === 'skipped').length,
    strata,
    changed: isTold
      ? answered.filter(({ people, verdict }) => people !== null && people !== verdict).length
      : null,
    isTold,
    notJudged: plan.notJudged ?? 0,
    isWeighted: plan.isWeighted === true,
    audit:
      plan.kind === 'audit' && isTold && answered.length >= (isBlind ? LEAST_BLIND_PAIRS : 1)
        ? auditResult(rows.flatMap(secondLook), {
            differing: plan.differing ?? 0,
            agreeing: plan.agreeing ?? 0,
          })
        : null,
  };
}

function secondLook({
  stratum,
  people,
  judge,
  verdict,
}: ReturnType<typeof reviewAnswers>[number]): SecondLook[] {
  if (stratum === 'raters_split' || stratum === 'lead_chose' || people === null || judge === null) return [];
  return [{ stratum, people, judge, verdict }];
}
