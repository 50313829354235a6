import type { JudgeList } from '../../../shared/contract/judge-methods.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { panelsOf } from '../store/judging/judge-panels.ts';
import { judgedCounts } from '../store/judging/judge-report.ts';
import { listJudgeVersions } from '../store/judging/judge-versions.ts';
import { judgeNames } from '../store/judging/judgments.ts';
import { pairCountOf, type StudyRow } from '../store/study/studies.ts';
import { ordersOf } from './judge-tasks.ts';

/** The judges of a study, with how much they have judged. */
export function listJudges(store: ReadStore, study: StudyRow): JudgeList {
  const pairs = pairCountOf(store, study.id);
  const versions = listJudgeVersions(store, study.id);
  const panels = panelsOf(store, study.id);
  const own = new Set([...versions, ...panels].map(({ name }) => name));
  return {
    versions: versions.map(({ judgeId, name, version, contentHash, definition, createdAt }) => ({
      judge: name,
      version,
      model: definition.model,
      endpoint: definition.endpoint,
      contentHash,
      createdAt,
      orders: definition.orders,
      samplesPerOrder: definition.samplesPerOrder,
      wanted: pairs * ordersOf(definition).length * definition.samplesPerOrder,
      ...judgedCounts(store, judgeId),
    })),
    imported: judgeNames(store, study.id).filter((name) => !own.has(name)),
    panels: panels.map(({ name, ...panel }) => ({ judge: name, ...panel })),
  };
}
