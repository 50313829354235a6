import { ServiceError } from '../../../shared/errors/errors.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { storedSeat } from '../seat/seat.ts';
import { appendAudit, emptyRowsOfStudy } from '../store/engine/audit.ts';
import { Store, type WriteStore } from '../store/engine/database.ts';
import { sealAllRecords } from '../store/rating/record-seal.ts';
import { deleteStudyRows, openWorkOf, withoutGuards } from '../store/study/deleted-study.ts';
import type { StudyAddress } from '../store/study/read-study.ts';
import { pairCountOf, requireStudy, type StudyRow } from '../store/study/studies.ts';
import { type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { inTransaction } from '../work/transaction.ts';

export interface DeletionRequest extends StudyAddress {
  readonly losesOpenWork: boolean;
  /** As the study's page counts them. */
  readonly votes: number;
  readonly nowMs: number;
}

/**
 * Deletes a study in one transaction, with a row of the log that accounts for what it emptied there and seals all that is left.
 *
 * @throws ServiceError `conflict` where work of it is out, or the log is not whole: what is wrong with it could not be seen any more
 */
export async function runDeletion(
  { storePath, ...request }: DeletionRequest,
  controls: TaskControls,
): Promise<void> {
  const store = new Store(storePath, { readonly: false });
  try {
    store.setPragma('foreign_keys = OFF');
    await inTransaction(store, controls, async (store) => {
      const study = requireStudy(store, request.studyId);
      const seat = storedSeat(store);
      if (seat?.studyId === study.publicId)
        throw new ServiceError('conflict', { key: 'study.handed', values: { rater: seat.rater } });
      const openWork = openWorkOf(store, study.id);
      if (openWork.length > 0 && !request.losesOpenWork)
        throw new ServiceError('conflict', {
          key: 'study.work_is_out',
          values: { name: study.name, work: openWork.join(', ') },
        });
      const { broken } = verifyAudit(store);
      if (broken !== null) throw new ServiceError('conflict', { key: 'study.log_broken', values: broken });
      remove(store, study, { ...request, openWork }, controls);
    });
  } finally {
    store.close();
  }
}

function remove(
  store: WriteStore,
  study: StudyRow,
  { nowMs, votes, openWork }: Omit<DeletionRequest, 'storePath'> & { readonly openWork: readonly string[] },
  controls: TaskControls,
): void {
  const { id: studyId, name } = study;
  const pairs = pairCountOf(store, studyId);
  const look = (done: number) => {
    throwIfCancelled(controls);
    controls.onProgress({ bytesDone: done, bytesTotal: pairs, records: done });
  };
  const emptied = withoutGuards(store, () => {
    deleteStudyRows(store, studyId, nowMs, look);
    return emptyRowsOfStudy(store, studyId);
  });
  const records = sealAllRecords(store);
  throwIfCancelled(controls);
  appendAudit(store, {
    at: nowMs,
    studyId,
    actor: 'lead',
    action: 'study.deleted',
    details: { name, pairs, votes, openWork, emptied, records },
  });
}
