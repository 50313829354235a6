import { ServiceError } from '../../../shared/contract/errors.ts';
import type { JudgeComparisonReply } from '../../../shared/contract/judge-methods.ts';
import type { AgreementOptions } from '../../../shared/domain/agreement-options.ts';
import { judgeComparison } from '../../../shared/domain/card/judge-comparison.ts';
import { definitionChanges } from '../../../shared/domain/judge/definition-changes.ts';
import type { TaskControls } from '../jobs/task-controls.ts';
import { loadCardData } from '../store/card-columns.ts';
import { Store } from '../store/database.ts';
import { judgeReportCounts } from '../store/judge-report.ts';
import { judgeVersionByName } from '../store/judge-versions.ts';
import { studyByPublicId } from '../store/studies.ts';

export interface CompareJudgesRequest {
  readonly storePath: string;
  readonly studyId: string;
  readonly before: string;
  readonly after: string;
  readonly options: AgreementOptions;
}

/** Two judges of a study side by side, from one consistent view of the store. */
export async function compareJudges(
  request: CompareJudgesRequest,
  _controls: TaskControls,
): Promise<JudgeComparisonReply> {
  const store = new Store(request.storePath, { readonly: true });
  try {
    return store.read(() => {
      const study = studyByPublicId(store, request.studyId);
      if (study === undefined) throw new ServiceError('not_found', 'There is no such study in this store.');
      const { before, after, options } = request;
      const comparison = judgeComparison(loadCardData(store, study), options, before, after);
      if (comparison === null)
        throw new ServiceError('not_found', `Of ${before} and ${after}, one has no verdict in this study.`);
      const [one, two] = [before, after].map((name) => judgeVersionByName(store, study.id, name));
      const perJudgment = (version: typeof one) => {
        if (version === undefined) return null;
        const { costUsd, outcomes } = judgeReportCounts(store, version.judgeId);
        const judgments = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
        return costUsd === null || judgments === 0 ? null : costUsd / judgments;
      };
      return {
        before,
        after,
        ...comparison,
        definition:
          one === undefined || two === undefined ? null : definitionChanges(one.definition, two.definition),
        costPerJudgmentUsd: { before: perJudgment(one), after: perJudgment(two) },
      };
    });
  } finally {
    store.close();
  }
}
