/** What a manifest says of how its study was drawn, planned and checked: enough to make the study anew. */
import { KNOWN_STAGES } from '../../../shared/study/known-answer.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { decisionsOf } from '../store/rating/rater-decisions.ts';
import { hasLabel } from '../store/rating/ratings.ts';
import { designChangesSince, plansOf } from '../store/study/analysis-plans.ts';
import { pairById } from '../store/study/comparisons.ts';
import { guidelinesOf } from '../store/study/guidelines.ts';
import { knownAnswers } from '../store/study/known-answers.ts';
import { reasonsForLeavingOut } from '../store/study/pair-decisions.ts';
import { selectionsOf } from '../store/study/selections.ts';
import { planReport } from '../studies/plan-report.ts';

export function describeDesign(store: ReadStore, studyId: number): Record<string, unknown> {
  return {
    ...describeTask(store, studyId),
    ...describePlan(store, studyId),
    ...describeDraws(store, studyId),
    ...describeRaterDecisions(store, studyId),
    ...describeLeftOutPairs(store, studyId),
  };
}

/** What raters were asked: a vote names the version. And the pairs that trained and checked them. */
function describeTask(store: ReadStore, studyId: number): Record<string, unknown> {
  const guidelines = guidelinesOf(store, studyId).map(({ createdAt, ...asked }) => ({
    ...asked,
    createdAt: new Date(createdAt).toISOString(),
  }));
  const known = KNOWN_STAGES.flatMap((stage) =>
    knownAnswers(store, studyId, stage).map(({ pairId, verdict, explanation }) => ({
      pair: pairById(store, pairId)?.externalId,
      stage,
      verdict,
      explanation,
    })),
  );
  return { guidelines, ...(known.length === 0 ? {} : { knownAnswers: known }) };
}

/** The analysis plan with its hash, those before it, and what was settled otherwise since. */
function describePlan(store: ReadStore, studyId: number): Record<string, unknown> {
  const [first, ...rest] = plansOf(store, studyId).map(({ written: plan, sha256, votes, storedAt }) => ({
    plan,
    sha256,
    storedAt: new Date(storedAt).toISOString(),
    votesBefore: votes,
  }));
  if (first === undefined) return {};
  const plans = [first, ...rest];
  const designChanges = designChangesSince(store, studyId, Date.parse(first.storedAt)).map(
    ({ at, fields, votes }) => ({ at: new Date(at).toISOString(), fields, votesBefore: votes }),
  );
  return {
    analysisPlan: { ...plans.at(-1), deviations: planReport(store, studyId).deviations },
    ...(rest.length === 0 ? {} : { earlierPlans: plans.slice(0, -1) }),
    ...(designChanges.length === 0 ? {} : { designChanges }),
  };
}

/** Whose votes are left out and whose work was stopped, and why. Raters without a vote stand in no row. */
function describeRaterDecisions(store: ReadStore, studyId: number): Record<string, unknown> {
  const decisions = decisionsOf(store, studyId)
    .filter(({ rater }) => hasLabel(store, studyId, rater))
    .map(({ decidedAt, ...decision }) => ({ ...decision, at: new Date(decidedAt).toISOString() }));
  return decisions.length === 0 ? {} : { raterDecisions: decisions };
}

/** Pairs that stand in no file of the set, and why. */
function describeLeftOutPairs(store: ReadStore, studyId: number): Record<string, unknown> {
  const leftOut = reasonsForLeavingOut(store, studyId).map(({ id, reason, leftOutAt }) => ({
    pair: id,
    reason,
    at: new Date(leftOutAt).toISOString(),
  }));
  return leftOut.length === 0 ? {} : { pairsLeftOut: leftOut };
}

/** How pairs were drawn to be rated: without it nobody could weigh them. */
function describeDraws(store: ReadStore, studyId: number): Record<string, unknown> {
  const draws = selectionsOf(store, studyId).map(({ drawnAt, ...draw }) => ({
    ...draw,
    drawnAt: new Date(drawnAt).toISOString(),
  }));
  return draws.length === 0 ? {} : { draws };
}
