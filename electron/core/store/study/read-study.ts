import { ReadOnlyStore, type ReadStore } from '../engine/database.ts';
import { requireStudy, type StudyRow } from './studies.ts';

/** A study in a store that another thread opens for itself. */
export interface StudyAddress {
  readonly storePath: string;
  readonly studyId: string;
}

/** Opens a store, reads one study of it from one consistent view, and closes it. Throws `not_found` without the study. */
export function readStudy<Result>(
  { storePath, studyId }: StudyAddress,
  read: (store: ReadStore, study: StudyRow) => Result,
): Result {
  const store = new ReadOnlyStore(storePath);
  try {
    return store.read(() => read(store, requireStudy(store, studyId)));
  } finally {
    store.close();
  }
}
