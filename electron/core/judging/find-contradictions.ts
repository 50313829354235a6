import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { contradictions } from '../store/judging/judge-report.ts';
import type { StudyRow } from '../store/study/studies.ts';
import { requireVersion } from './require-version.ts';

/** Pairs whose two orders a judge answered with contradicting verdicts. For unblinded studies only. */
export function findContradictions(
  store: ReadStore,
  study: StudyRow,
  { judge, offset, limit }: ParsedInputOf<'judges.contradictions'>,
): ReplyOf<'judges.contradictions'> {
  const { judgeId } = requireVersion(store, study, judge);
  if (study.unblindedAt === null)
    throw new ServiceError('study_blinded', { key: 'judge.blind_contradictions' });
  return contradictions(store, judgeId, offset, limit);
}
