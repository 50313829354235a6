import { ServiceError } from '../../../shared/errors/errors.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { type JudgeVersion, judgeVersionByName, listJudgeVersions } from '../store/judging/judge-versions.ts';
import { type StudyRow, studyByPublicId } from '../store/study/studies.ts';

/** The study and the version that a call names, or a clear `not_found`. */
export function requireJudge(
  store: ReadStore,
  { studyId, judge }: { readonly studyId: string; readonly judge: string },
): { readonly study: StudyRow; readonly version: JudgeVersion } {
  const study = studyByPublicId(store, studyId);
  if (study === undefined) throw new ServiceError('not_found', { key: 'rating.study_unknown' });
  return { study, version: requireVersion(store, study, judge) };
}

/** The version a call names, or a clear `not_found`. */
export function requireVersion(store: ReadStore, study: StudyRow, name: string): JudgeVersion {
  const version = judgeVersionByName(store, study.id, name);
  if (version !== undefined) return version;
  const known = listJudgeVersions(store, study.id).map((each) => each.name);
  throw new ServiceError(
    'not_found',
    known.length === 0
      ? { key: 'judge.not_runnable', values: { name } }
      : { key: 'judge.not_runnable_of', values: { name, known: known.join(', ') } },
  );
}
