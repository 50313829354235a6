import { hashText } from '../../../shared/random/seeded-random.ts';
import { type ReadStore, Store } from '../store/engine/database.ts';
import type { JudgeVersion } from '../store/judging/judge-versions.ts';
import { anchorsOf, pairNames } from '../store/judging/judge-waves.ts';
import { requireStudy, type StudyRow } from '../store/study/studies.ts';
import { requireVersion } from './require-version.ts';

/** The anchors of a judge of a study, for whoever may not be held up by all of its pairs. */
export function anchorsOfJudge({
  storePath,
  studyId,
  judge,
  size,
}: {
  readonly storePath: string;
  readonly studyId: string;
  readonly judge: string;
  readonly size: number;
}): readonly string[] {
  const store = new Store(storePath, { readonly: true });
  try {
    const study = requireStudy(store, studyId);
    return anchorPairs(store, study, requireVersion(store, study, judge), size);
  } finally {
    store.close();
  }
}

/** The anchors of a judge: those of its first round, else a set that study, judge and size alone decide. */
function anchorPairs(
  store: ReadStore,
  study: StudyRow,
  version: JudgeVersion,
  size: number,
): readonly string[] {
  const known = anchorsOf(store, version.judgeId);
  if (known !== null) return known;
  const place = (id: string) => hashText(`${study.design.seed}|anchor|${version.contentHash}|${id}`);
  return pairNames(store, study.id)
    .map((id) => ({ id, place: place(id) }))
    .sort((one, two) => one.place - two.place || (one.id < two.id ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id);
}
