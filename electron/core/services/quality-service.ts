import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { ConsensusReport, RaterReport } from '../../../shared/contract/quality-methods.ts';
import type { AppContext } from '../app-context.ts';
import { runInWorker } from '../jobs/run-in-worker.ts';

export function raterReports(
  { store }: AppContext,
  { studyId }: ParsedInputOf<'quality.raters'>,
): Promise<readonly RaterReport[]> {
  return runInWorker('reportRaters', { storePath: store.path, studyId });
}

export function consensusOfStudy(
  { store }: AppContext,
  { studyId }: ParsedInputOf<'quality.consensus'>,
): Promise<ConsensusReport> {
  return runInWorker('consensusReport', { storePath: store.path, studyId });
}
