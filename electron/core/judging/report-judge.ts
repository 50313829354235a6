import type { JudgeReport } from '../../../shared/contract/judge-methods.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { costPerJudgmentUsd, judgeReportCounts, testLooks } from '../store/judging/judge-report.ts';
import { probeResults } from '../store/judging/probe-results.ts';
import { pairCountOf, type StudyRow } from '../store/study/studies.ts';
import { requireVersion } from './require-version.ts';

/** How a judge did its work: coverage, failures, cost, latency, runs. */
export function reportJudge(
  store: ReadStore,
  study: StudyRow,
  { judge }: ParsedInputOf<'judges.report'>,
): JudgeReport {
  const { judgeId, contentHash, definition } = requireVersion(store, study, judge);
  return {
    judge,
    pairs: pairCountOf(store, study.id),
    ...judgeReportCounts(store, judgeId),
    mostTokens: definition.parameters.maxTokens,
    probes: probeResults(store, contentHash),
    testLooks: testLooks(store, study.id, judge),
    costPerJudgmentUsd: costPerJudgmentUsd(store, judgeId),
  };
}
