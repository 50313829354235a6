import { ServiceError } from '../../../shared/contract/errors.ts';
import type { JudgeComparisonReply } from '../../../shared/contract/judge-methods.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import { agreementOptionsSchema } from '../../../shared/domain/agreement-options.ts';
import { judgeComparison } from '../../../shared/domain/card/judge-comparison.ts';
import { definitionChanges } from '../../../shared/domain/judge/definition-changes.ts';
import { loadCardData } from '../store/card-columns.ts';
import type { Store } from '../store/database.ts';
import { costPerJudgmentUsd } from '../store/judge-report.ts';
import { judgeVersionByName } from '../store/judge-versions.ts';
import type { StudyRow } from '../store/studies.ts';

/** Two judges of a study side by side, on the same pairs. */
export function compareJudges(
  store: Store,
  study: StudyRow,
  { before, after, options }: ParsedInputOf<'judges.compare'>,
): JudgeComparisonReply {
  const comparison = judgeComparison(
    loadCardData(store, study),
    agreementOptionsSchema.parse(options ?? {}),
    before,
    after,
  );
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
}
