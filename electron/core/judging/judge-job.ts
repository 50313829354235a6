import type { JudgeJob } from '../../../shared/contract/job-methods.ts';
import type { JudgeRunProgress } from '../../../shared/contract/judge-run.ts';
import type { Jobs } from '../work/jobs.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { JudgeRunRequest } from './run-judge.ts';
import { JUDGE_RUN } from './tasks.ts';

const NOT_STARTED: JudgeRunProgress = {
  total: 0,
  done: 0,
  read: 0,
  unparsed: 0,
  refused: 0,
  truncated: 0,
  error: 0,
  costUsd: null,
  perSecond: 0,
  secondsLeft: null,
  pausedUntil: null,
};

/** Starts a judge's run, a probe or a round. @returns the id under which it is followed */
export function startJudgeJob(jobs: Jobs, request: JudgeRunRequest): string {
  return jobs.start<JudgeJob>(
    { kind: 'judge_run', progress: NOT_STARTED },
    (controls) => runInWorker(JUDGE_RUN, request, controls),
    {
      changesStudies: true,
      fault: { key: 'judge.run_fault' },
    },
  );
}
