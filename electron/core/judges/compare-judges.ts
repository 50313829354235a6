import { ServiceError } from '../../../shared/contract/errors.ts';
import type { JudgeComparisonReply } from '../../../shared/contract/judge-methods.ts';
import type { AgreementOptions } from '../../../shared/domain/agreement-options.ts';
import { judgeComparison } from '../../../shared/domain/card/judge-comparison.ts';
import { definitionChanges } from '../../../shared/domain/judge/definition-changes.ts';
import { loadCardData } from '../store/card-columns.ts';
import { costPerJudgmentUsd } from '../store/judge-report.ts';
import { judgeVersionByName } from '../store/judge-versions.ts';
import { readStudy, type StudyAddress } from '../store/read-study.ts';

export interface CompareJudgesRequest extends StudyAddress {
  readonly before: string;
  readonly after: string;
  readonly options: AgreementOptions;
}

/** Two judges of a study side by side, from one consistent view of the store. */
export async function compareJudges({
  before,
  after,
  options,
  ...address
}: CompareJudgesRequest): Promise<JudgeComparisonReply> {
  return readStudy(address, (store, study) => {
    const comparison = judgeComparison(loadCardData(store, study), options, before, after);
    if (comparison === null) {
      throw new ServiceError(
        'not_found',
        `Of ${before} and ${after}, one has no verdict in this study yet. A judge that was kept has to be run first.`,
      );
    }
    const one = judgeVersionByName(store, study.id, before);
    const two = judgeVersionByName(store, study.id, after);
    const costOf = (version: typeof one) =>
      version === undefined ? null : costPerJudgmentUsd(store, version.judgeId);
    return {
      before,
      after,
      ...comparison,
      definition:
        one === undefined || two === undefined ? null : definitionChanges(one.definition, two.definition),
      costPerJudgmentUsd: { before: costOf(one), after: costOf(two) },
    };
  });
}
