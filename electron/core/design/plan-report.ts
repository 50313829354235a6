import type { PlanReport } from '../../../shared/contract/design-methods.ts';
import { planChanges } from '../../../shared/domain/analysis-plan.ts';
import { designChangesSince, plansOf } from '../store/analysis-plans.ts';
import type { Store } from '../store/database.ts';

interface DesignChange {
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** Votes that were there by then; not noted in older stores. */
  readonly votes?: number;
}

/** The plan that counts, and everything that was settled otherwise after it was first stored. */
export function planReport(store: Store, studyId: number): PlanReport {
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
  const designed = designChangesSince(store, studyId, first.storedAt).flatMap(({ details }) => {
    const { before, after, votes } = JSON.parse(details) as DesignChange;
    if (votes === 0) return [];
    return Object.keys(after)
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => `The design was changed after the plan: ${name}.`);
  });
  return { current, deviations: [...late, ...changed, ...new Set(designed)] };
}
