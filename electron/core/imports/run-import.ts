import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportResult } from '../../../shared/contract/import-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { sourceForFile } from '../../../shared/formats/mapping/mapping.ts';
import { defaultDesign } from '../../../shared/study/study.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { copyProblem } from '../store/engine/backup.ts';
import { ReadOnlyStore, Store, type WriteStore } from '../store/engine/database.ts';
import { sealRecords } from '../store/rating/record-seal.ts';
import { insertImport, type StudyPlace } from '../store/study/comparisons.ts';
import { insertStudy, pairCountOf, requireNotArchived, studyByName } from '../store/study/studies.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { inTransaction } from '../work/transaction.ts';
import { manifestAmong, readCalibrationSet } from './calibration-set.ts';
import { fileProblem } from './file-problem.ts';
import type { ImportContext, ImportRequest } from './import-context.ts';
import { importRecords } from './import-records.ts';
import { importResult } from './import-result.ts';
import { ImportTally, importFailed } from './import-tally.ts';
import { inspectFiles } from './inspected-files.ts';
import { withPlainFiles } from './plain-files.ts';
import { recogniseFile } from './recognise-file.ts';
import { RecordWriter } from './record-writer.ts';
import { keepSettledDesign } from './settled-design.ts';
import { tellApart } from './tell-apart.ts';

const IMPORT_CACHE_KIB = 32 * 1024;

/**
 * Imports files into a study, making it if needed, in one transaction: all of it lands or none of it. A dry run is the very same,
 * taken back at its end; it tells what is wrong with the records instead of ending by it.
 *
 * @throws ServiceError `import_failed` naming file, line and field; `cancelled`; `store_busy`
 */
export async function runImport(
  request: ImportRequest,
  controls: TaskControls = NO_CONTROLS,
): Promise<ImportResult> {
  return withPlainFiles(
    tellApart(request.files),
    (files) => importPlainFiles({ ...request, files }, controls),
    controls,
  );
}

async function importPlainFiles(request: ImportRequest, controls: TaskControls): Promise<ImportResult> {
  const context = await lookInto(request, controls);
  if (!request.dryRun) return importInto(request.storePath, context);
  // SQLite has one writer at a time: in the store itself, raters could not vote for as long as a dry run reads.
  return withCopyOf(request.storePath, controls, (path) => importInto(path, context));
}

async function importInto(storePath: string, context: ImportContext): Promise<ImportResult> {
  const store = new Store(storePath, { readonly: false, cacheKib: IMPORT_CACHE_KIB });
  try {
    return await inTransaction(
      store,
      context.controls,
      (store) => write(store, context),
      () => !context.request.dryRun && !context.tally.changedNothing,
    );
  } finally {
    store.close();
  }
}

/** Works with a copy of a store that is gone afterwards. */
async function withCopyOf<Result>(
  storePath: string,
  controls: TaskControls,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = makePrivateFolder('dry-run');
  const copy = join(folder, 'copy.sqlite');
  try {
    const store = new ReadOnlyStore(storePath);
    try {
      await store.copyTo(copy, () => throwIfCancelled(controls));
    } catch (error) {
      throw copyProblem(error, copy);
    } finally {
      store.close();
    }
    return await work(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the files are, before anything of a store is touched. */
async function lookInto(request: ImportRequest, controls: TaskControls): Promise<ImportContext> {
  const [firstFile] = request.files;
  const manifest = request.mapping === undefined ? manifestAmong(request.files) : null;
  const set = manifest === null ? undefined : await readCalibrationSet(manifest, request.files);
  const { mapping } = request;
  if (mapping !== undefined && firstFile !== undefined) {
    const isNamed = request.files.some((file) => sourceForFile(mapping, file) !== undefined);
    const known = mapping.sources.map(({ file }) => file).join(', ');
    if (!isNamed)
      throw fileProblem(firstFile, null, `matches no source of the mapping (it knows: ${known})`, 'sources');
  }
  const { files, passedOver } = await inspectFiles(set?.files ?? request.files, (file) =>
    set === undefined ? recogniseFile(file, request) : Promise.resolve(null),
  );
  const studyName = request.studyName ?? set?.study.name ?? request.mapping?.study;
  if (studyName === undefined) throw new ServiceError('invalid_input', { key: 'import.study_unnamed' });
  const bytesTotal = files.reduce((sum, { layout }) => sum + layout.bytes, 0);
  const read = { bytesDone: 0, bytesTotal };
  return { request, controls, studyName, set, files, passedOver, tally: new ImportTally(), read };
}

/** Everything that an import does to a store. */
async function write(store: WriteStore, context: ImportContext): Promise<ImportResult> {
  const { request, studyName, set, tally } = context;
  const existing = studyByName(store, studyName);
  if (existing !== undefined) requireNotArchived(existing);
  const place = { store, studyId: existing?.id ?? addStudy(store, context) };
  const firstOrdinal = pairCountOf(store, place.studyId);
  const writer = new RecordWriter(place, tally, {
    firstOrdinal,
    restoresDraws: existing === undefined && set?.settled.draws !== undefined,
  });
  await importRecords(context, writer);
  if (tally.errorCount > 0 && !request.dryRun) throw importFailed(tally);
  if (tally.errorCount === 0) {
    if (existing === undefined && set !== undefined)
      keepSettledDesign(place, set, writer.drawn, request.nowMs);
    if (!tally.changedNothing) record(place, context, firstOrdinal);
  }
  const publicId = existing?.publicId ?? (request.dryRun ? null : request.newStudyId);
  return importResult(context, { ...place, publicId }, writer.warnings());
}

/** Keeps that there was an import, and seals what it brought. */
function record(
  { store, studyId }: StudyPlace,
  { request, files, tally }: ImportContext,
  firstOrdinal: number,
) {
  const { nowMs } = request;
  const { counts } = tally;
  const sources = files.map(({ name, layout, records }) => ({
    name,
    format: layout.format,
    bytes: layout.bytes,
    records,
  }));
  insertImport(store, { studyId, at: nowMs, firstOrdinal, pairCount: counts.pairsAdded, counts, sources });
  appendAudit(store, {
    at: nowMs,
    studyId,
    actor: 'lead',
    action: 'import',
    details: { counts, sources, records: sealRecords(store) },
  });
}

function addStudy(store: WriteStore, { request, studyName, set }: ImportContext): number {
  const { newStudyId, newSeed, nowMs } = request;
  const guidelines = set?.settled.guidelines;
  const studyId = insertStudy(store, {
    publicId: newStudyId,
    name: studyName,
    isSynthetic: set?.study.isSynthetic ?? false,
    createdAt: nowMs,
    design: set?.study.design ?? defaultDesign(newSeed),
    ...(guidelines === undefined ? {} : { guidelines }),
  });
  appendAudit(store, {
    at: nowMs,
    studyId,
    actor: 'lead',
    action: 'study.created',
    details: { name: studyName, by: 'import' },
  });
  return studyId;
}
