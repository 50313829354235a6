import { ServiceError } from '../../../shared/contract/errors.ts';
import type { Store } from '../store/database.ts';
import { type JudgeVersion, judgeVersionByName, listJudgeVersions } from '../store/judge-versions.ts';
import type { StudyRow } from '../store/studies.ts';

/** The version a call names, or a clear `not_found`. */
export function requireVersion(store: Store, study: StudyRow, name: string): JudgeVersion {
  const version = judgeVersionByName(store, study.id, name);
  if (version !== undefined) return version;
  const known = listJudgeVersions(store, study.id).map((each) => each.name);
  throw new ServiceError(
    'not_found',
    `This study has no judge “${name}” that can be run from here${known.length === 0 ? '' : `; it has ${known.join(', ')}`}.`,
  );
}
