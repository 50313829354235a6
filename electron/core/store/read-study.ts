import { ServiceError } from '../../../shared/contract/errors.ts';
import { Store } from './database.ts';
import { type StudyRow, studyByPublicId } from './studies.ts';

/** A study in a store that another thread opens for itself. */
export interface StudyAddress {
  readonly storePath: string;
  readonly studyId: string;
}

/** Opens a store, reads one study of it from one consistent view, and closes it. Throws `not_found` without the study. */
export function readStudy<Result>(
  { storePath, studyId }: StudyAddress,
  read: (store: Store, study: StudyRow) => Result,
): Result {
  const store = new Store(storePath, { readonly: true });
  try {
    return store.read(() => {
      const study = studyByPublicId(store, studyId);
      if (study === undefined) throw new ServiceError('not_found', 'There is no such study in this store.');
      return read(store, study);
    });
  } finally {
    store.close();
  }
}
