/** What is done to a study as a whole, and to nothing in it. */
import type { InputOf } from '../../../shared/contract/methods.ts';
import type { StudySummary } from '../../../shared/contract/study-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { AppContext } from '../context/app-context.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { markArchived, renameStudy, requireStudy, studyByName } from '../store/study/studies.ts';
import { summaryOf } from './study-summary.ts';

/** Gives a study another name. The name that it has already changes nothing. */
export function renameStudyOf(context: AppContext, input: InputOf<'studies.rename'>): StudySummary {
  const { store, ports } = context;
  return store.write((store) => {
    const study = requireStudy(store, input.studyId);
    if (study.name === input.name) return summaryOf(context, study);
    if (studyByName(store, input.name) !== undefined)
      throw new ServiceError('already_exists', { key: 'study.exists', values: { name: input.name } });
    renameStudy(store, study.id, input.name);
    appendAudit(store, {
      at: ports.clock.nowMs(),
      studyId: study.id,
      actor: 'lead',
      action: 'study.renamed',
      details: { from: study.name, to: input.name },
    });
    return summaryOf(context, requireStudy(store, input.studyId));
  });
}

/** Puts a study into the archive. */
export function archiveStudy(context: AppContext, { studyId }: InputOf<'studies.archive'>): StudySummary {
  return shelve(context, studyId, true);
}

/** Takes a study out of the archive. */
export function restoreStudy(context: AppContext, { studyId }: InputOf<'studies.restore'>): StudySummary {
  return shelve(context, studyId, false);
}

/** What is so already is not done again, and not logged. */
function shelve(context: AppContext, publicId: string, isOn: boolean): StudySummary {
  const { store, ports } = context;
  return store.write((store) => {
    const study = requireStudy(store, publicId);
    if ((study.archivedAt !== null) === isOn) return summaryOf(context, study);
    const at = ports.clock.nowMs();
    markArchived(store, study.id, isOn ? at : null);
    appendAudit(store, {
      at,
      studyId: study.id,
      actor: 'lead',
      action: isOn ? 'study.archived' : 'study.restored',
      details: {},
    });
    return summaryOf(context, requireStudy(store, publicId));
  });
}
