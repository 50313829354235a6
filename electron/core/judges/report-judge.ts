import type { JudgeReport } from '../../../shared/contract/judge-methods.ts';
import { costPerJudgmentUsd, judgeReportCounts, testLooks } from '../store/judge-report.ts';
import { probeResults } from '../store/probe-results.ts';
import { readStudy, type StudyAddress } from '../store/read-study.ts';
import { pairCountOf } from '../store/studies.ts';
import { requireVersion } from './require-version.ts';

/** How a judge did its work: coverage, failures, cost, latency, runs. */
export async function reportJudge({
  judge,
  ...address
}: StudyAddress & { readonly judge: string }): Promise<JudgeReport> {
  return readStudy(address, (store, study) => {
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
  });
}
