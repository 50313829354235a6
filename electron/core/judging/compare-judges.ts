import { LEAST_BLIND_PAIRS } from '../../../shared/blind/few-pairs.ts';
import { judgeComparison } from '../../../shared/card/judge-comparison.ts';
import type { JudgeComparisonReply } from '../../../shared/contract/judge-methods.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { definitionChanges } from '../../../shared/judge/definition-changes.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { BlindedCard } from '../card/blinded-card.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { costPerJudgmentUsd } from '../store/judging/judge-report.ts';
import { judgeVersionByName } from '../store/judging/judge-versions.ts';
import { plannedOptions } from '../store/study/analysis-plans.ts';
import type { StudyRow } from '../store/study/studies.ts';
import type { Asked } from '../work/asked.ts';

/** Two judges of a study side by side, on the same pairs. */
export function compareJudges(
  store: ReadStore,
  study: StudyRow,
  { before, after, options: asked }: ParsedInputOf<'judges.compare'>,
  { isForPage }: Asked,
): JudgeComparisonReply {
  const data = loadCardData(store, study);
  const options = agreementOptionsSchema.parse(asked ?? {});
  const comparison = judgeComparison(data, options, before, after);
  if (comparison === null) {
    throw new ServiceError('not_found', { key: 'judge.compared_without_verdict', values: { before, after } });
  }
  if (isForPage && study.unblindedAt === null) {
    const both = data.judges.filter(({ name }) => name === before || name === after);
    new BlindedCard(data, plannedOptions(store, study.id)).requireLabels(options, null, both);
    requireEnough(comparison.pairs);
    requireEnough(comparison.labelled);
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

/** None at all tells nothing. */
function requireEnough(pairs: number): void {
  if (pairs === 0 || pairs >= LEAST_BLIND_PAIRS) return;
  throw new ServiceError('study_blinded', {
    key: 'judge.blind_few_in_both',
    values: { least: LEAST_BLIND_PAIRS },
  });
}
