import type { StudyAgreement } from '../../../shared/contract/agreement-methods.ts';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { AgreementOptions } from '../../../shared/domain/agreement-options.ts';
import { agreementReport } from '../../../shared/domain/agreement-report.ts';
import { type TaskControls, throwIfCancelled } from '../jobs/task-controls.ts';
import { loadStudyColumns } from '../store/agreement-columns.ts';
import { Store } from '../store/database.ts';
import { sliceCounts, studyByPublicId } from '../store/studies.ts';

export interface AgreementRequest {
  readonly storePath: string;
  readonly studyId: string;
  readonly options: AgreementOptions;
  readonly bySlice: string | null;
}

/** The report of a study, and one per value of a slice where asked. */
export async function computeAgreement(
  request: AgreementRequest,
  controls: TaskControls,
): Promise<StudyAgreement> {
  const store = new Store(request.storePath, { readonly: true });
  try {
    return store.read(() => {
      const study = studyByPublicId(store, request.studyId);
      if (study === undefined) throw new ServiceError('not_found', 'There is no such study in this store.');
      const report = agreementReport(loadStudyColumns(store, study.id), request.options);
      const values =
        request.bySlice === null
          ? []
          : sliceCounts(store, study.id).filter(({ name }) => name === request.bySlice);
      if (request.bySlice !== null && values.length === 0) {
        throw new ServiceError(
          'not_found',
          `No comparison of this study has a slice named “${request.bySlice}”.`,
        );
      }
      const bySlice = values.map(({ name, value }) => {
        throwIfCancelled(controls);
        const columns = loadStudyColumns(store, study.id, { name, value });
        return { slice: name, value, report: agreementReport(columns, request.options) };
      });
      return { study: study.name, isSynthetic: study.isSynthetic, report, bySlice };
    });
  } finally {
    store.close();
  }
}
