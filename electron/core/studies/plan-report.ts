import type { PlanReport } from '../../../shared/contract/design-methods.ts';
import { planChanges } from '../../../shared/selection/analysis-plan.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { designChangesSince, plansOf } from '../store/study/analysis-plans.ts';

/** The plan that counts, and everything that was settled otherwise after it was first stored. */
export function planReport(store: ReadStore, studyId: number): PlanReport {
  const plans = plansOf(store, studyId);
  const [first] = plans;
  const current = plans.at(-1);
  if (first === undefined || current === undefined) return { current: null, deviations: [] };
  const late =
    first.votes === 0
      ? []
      : [`The plan was stored when ${first.votes.toLocaleString('en')} votes were there already.`];
  const changed = plans
    .slice(1)
    .flatMap((plan, index) =>
      plan.votes === 0
        ? []
        : planChanges(plans[index]?.plan ?? plan.plan, plan.plan).map(
            (change) => `After ${plan.votes.toLocaleString('en')} votes: ${change}.`,
          ),
    );
  const designed = designChangesSince(store, studyId, first.storedAt)
    .filter(({ votes }) => votes !== 0)
    .flatMap(({ fields }) => fields.map((name) => `The design was changed after the plan: ${name}.`));
  const { plan, sha256, votes, storedAt } = current;
  return {
    current: { plan, sha256, votes, storedAt },
    deviations: [...late, ...changed, ...new Set(designed)],
  };
}
