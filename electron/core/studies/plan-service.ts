/** The analysis plan of a study, and what is done otherwise. */
import { createHash } from 'node:crypto';
import type { PlanReport } from '../../../shared/contract/design-methods.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import type { AppContext } from '../context/app-context.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { voteCountOf } from '../store/rating/ratings.ts';
import { insertPlan } from '../store/study/analysis-plans.ts';
import { requireStudy } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { planReport } from './plan-report.ts';
import { LABEL_PLAN } from './tasks.ts';

/** Keeps a plan. One kept after the first vote, and what a later one changes, is said with every result. */
export function storePlan(
  { store, ports }: AppContext,
  input: ParsedInputOf<'design.storePlan'>,
): PlanReport {
  const report = store.write((store) => {
    const study = requireStudy(store, input.studyId);
    const plan = canonicalJson(input.plan);
    const sha256 = createHash('sha256').update(plan).digest('hex');
    const storedAt = ports.clock.nowMs();
    if (planReport(store, study.id).current?.sha256 !== sha256) {
      insertPlan(store, study.id, { plan, sha256, storedAt, votes: voteCountOf(store, study.id) });
      const details = { sha256 };
      appendAudit(store, { at: storedAt, studyId: study.id, actor: 'lead', action: 'plan.stored', details });
    }
    return planReport(store, study.id);
  });
  return report;
}

export function showPlan({ store }: AppContext, { studyId }: ParsedInputOf<'design.plan'>): PlanReport {
  return store.read(() => planReport(store, requireStudy(store, studyId).id));
}

/** Works out how many labels a study needs. Touches no study. */
export function planLabels(
  _context: AppContext,
  { jobId: _, ...request }: ParsedInputOf<'design.labels'>,
  controls: TaskControls,
): Promise<ReplyOf<'design.labels'>> {
  return runInWorker(LABEL_PLAN, request, controls);
}
