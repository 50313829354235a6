import type { JudgeColumn } from '../../../shared/card/columns/card-data.ts';
import { judgesUnder } from '../../../shared/card/columns/judges-under.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import {
  auditPairs,
  type ChosenPair,
  mostInformativePairs,
  shuffle,
} from '../../../shared/review/review-draw.ts';
import type { ReviewPlan } from '../../../shared/review/review-plan.ts';
import type { HumanVerdict } from '../../../shared/study/verdict.ts';
import { CATEGORY_NAMES, CODE } from '../../../shared/study/verdict-codes.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import { adjudicatedPairs, type ReviewedPair, type StoredReviewPlan } from '../store/review/reviews.ts';
import { plannedOptions } from '../store/study/analysis-plans.ts';
import { readStudy, type StudyAddress } from '../store/study/read-study.ts';

export interface ReviewDraw {
  readonly plan: StoredReviewPlan;
  readonly pairs: readonly ReviewedPair[];
}

/**
 * Chooses the pairs of a review from one consistent view of the store, under the study's planned policies or the usual
 * ones. Writes nothing.
 */
export function drawReview({
  plan,
  seed,
  ...address
}: StudyAddress & { readonly plan: ReviewPlan; readonly seed: string }): ReviewDraw {
  return readStudy(address, (store, study) => {
    const options = plannedOptions(store, study.id);
    const data = judgesUnder(loadCardData(store, study), options);
    const judgeNamed = (name: string): JudgeColumn => {
      const judge = data.judges.find((each) => each.name === name);
      if (judge === undefined)
        throw new ServiceError('not_found', { key: 'figures.judge_unknown', values: { judge: name } });
      return judge;
    };
    const rowOf = ({ pair, stratum, people, judge }: ChosenPair): ReviewedPair => ({
      pairId: data.pairIds[pair] ?? -1,
      stratum,
      people: verdictOf(people),
      judge: verdictOf(judge),
    });
    const random = seededRandom(`review|${seed}`);
    if (plan.kind === 'adjudication') {
      const judge = plan.judge === null ? null : judgeNamed(plan.judge);
      const queued = adjudicatedPairs(store, study.id);
      const isFree = (pair: number) =>
        !queued.has(data.pairIds[pair] ?? -1) && (data.adjudicated?.[pair] ?? CODE.missing) < 0;
      const chosen = mostInformativePairs({ data, judge, options }, isFree, plan.pairs, random);
      // Pairs on which raters agree come last, and are there because the judge does not: their place would tell.
      const served = plan.judge === null ? chosen : shuffle(chosen, random);
      return { plan, pairs: served.map(rowOf) };
    }
    const judge = judgeNamed(plan.judge);
    const drawn = auditPairs({ data, judge, options }, plan, random);
    const { differing, agreeing, notJudged } = drawn;
    const { bothBad } = options;
    const isWeighted = data.weights !== null;
    return {
      plan: { ...plan, differing, agreeing, notJudged, bothBad, isWeighted },
      pairs: drawn.pairs.map(rowOf),
    };
  });
}

function verdictOf(code: number): HumanVerdict | null {
  return code < 0 ? null : ((CATEGORY_NAMES[code] ?? null) as HumanVerdict | null);
}
