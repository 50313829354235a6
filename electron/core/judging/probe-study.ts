import { join } from 'node:path';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { defaultDesign } from '../../../shared/study/study.ts';
import { IMPORT } from '../imports/tasks.ts';
import { productFolder } from '../ports/product.ts';
import type { Store } from '../store/engine/database.ts';
import { PROBE_STUDY } from '../store/judging/probe-results.ts';
import { insertStudy, type StudyRow, studyByName } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import { NO_CONTROLS } from '../work/task-controls.ts';

/** The study of the built-in probes, made where it is not there. Its texts are synthetic and are judged like any others. */
export async function probeStudy(
  store: Store,
  {
    nowMs,
    newSeed,
    newStudyId,
  }: { readonly nowMs: number; readonly newSeed: string; readonly newStudyId: string },
): Promise<StudyRow> {
  store.write((store) => {
    if (studyByName(store, PROBE_STUDY) !== undefined) return;
    insertStudy(store, {
      publicId: newStudyId,
      name: PROBE_STUDY,
      isSynthetic: true,
      createdAt: nowMs,
      design: defaultDesign(newSeed),
    });
  });
  const path = join(productFolder, 'resources', 'injection-probes', 'comparisons.jsonl');
  const request = {
    files: [{ path, name: 'comparisons.jsonl' }],
    studyName: PROBE_STUDY,
    storePath: store.path,
    dryRun: false,
    nowMs,
    newSeed,
    newStudyId,
  };
  await runInWorker(IMPORT, request, NO_CONTROLS);
  const study = studyByName(store, PROBE_STUDY);
  if (study === undefined) throw new ServiceError('internal', { key: 'judge.probes_not_added' });
  return study;
}
