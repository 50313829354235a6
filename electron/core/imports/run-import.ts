import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportResult } from '../../../shared/contract/import-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { SystemsOfPair } from '../../../shared/formats/harness/read/harness-format.ts';
import type { Recognition } from '../../../shared/formats/harness/read/harness-formats.ts';
import { TEXTS_TABLE } from '../../../shared/formats/harness/read/touchstone-tables.ts';
import { type Mapping, sourceForFile } from '../../../shared/formats/mapping/mapping.ts';
import type { VerdictEncoding } from '../../../shared/formats/own/verdict-encoding.ts';
import { defaultDesign } from '../../../shared/study/study.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { Store } from '../store/engine/database.ts';
import { applyMigrations } from '../store/engine/migrate.ts';
import { productMigrations } from '../store/engine/open-store.ts';
import { type OrderAgreement, orderAgreement } from '../store/judging/order-agreement.ts';
import { sealRecords } from '../store/rating/record-seal.ts';
import { nativeRowOf } from '../store/records/native-row.ts';
import { insertImport, pairById, type StudyPlace, systemsOfPair } from '../store/study/comparisons.ts';
import { insertStudy, pairCountOf, studyByName } from '../store/study/studies.ts';
import { NO_CONTROLS, type TaskControls } from '../work/task-controls.ts';
import { inTransaction } from '../work/transaction.ts';
import { type FoundCalibrationSet, manifestAmong, readCalibrationSet } from './calibration-set.ts';
import { eachRecord, type InspectedFile, type ReadingPass } from './each-record.ts';
import { fileProblem, nothingInFile, reasonOfNothing } from './file-problem.ts';
import type { FileLayout, ImportFile } from './import-source.ts';
import { ImportTally, importFailed } from './import-tally.ts';
import { inspectFile } from './inspect-file.ts';
import { layoutText } from './layout-text.ts';
import { MappedImport } from './mapped-import.ts';
import { withPlainFiles } from './plain-files.ts';
import { readRuns } from './read-runs.ts';
import { fileReading, firstRecords, recogniseFile, recognitionView } from './record-reading.ts';
import { RecordWriter } from './record-writer.ts';
import { keepSettledDesign } from './settled-design.ts';
import { tellApart } from './tell-apart.ts';

export interface ImportRequest {
  readonly files: readonly ImportFile[];
  /** Null takes the name from a calibration set's manifest. */
  readonly studyName: string | null;
  readonly storePath: string;
  readonly dryRun: boolean;
  readonly mapping?: Mapping;
  /** See {@link ReadingOptions}. */
  readonly format?: string;
  /** Names of runs whose files do not say, in the order of the files. */
  readonly runNames?: readonly string[];
  readonly encoding?: VerdictEncoding;
  readonly pairPattern?: string;
  readonly nowMs: number;
  /** Used when the import makes its study. */
  readonly newSeed: string;
  readonly newStudyId: string;
}

const IMPORT_CACHE_KIB = 64 * 1024;

/**
 * Imports files into a study, making it if needed, in one transaction: all of it lands or none of it.
 * A dry run does the same work in a scratch database, reading the live one only to tell what is known.
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
  const { files, passedOver } = await inspectedFiles(set?.files ?? request.files, (file, layout) =>
    set === undefined ? recogniseFile(file, layout, request) : Promise.resolve(null),
  );
  const studyName = request.studyName ?? set?.study.name ?? request.mapping?.study;
  if (studyName === undefined) throw new ServiceError('invalid_input', 'Name the study to import into.');
  return request.dryRun
    ? rehearse(request, studyName, set, files, controls, passedOver)
    : land(request, studyName, set, files, controls, passedOver);
}

/**
 * Looks into all files before anything is read: those that are not understood are named first, and all of them. Files that hold
 * nothing are passed over where others hold something.
 *
 * @throws ServiceError `import_failed` with an error for each file that cannot be read, or is not understood
 */
async function inspectedFiles(
  files: readonly ImportFile[],
  recognise: (file: ImportFile, layout: FileLayout) => Promise<Recognition | null>,
): Promise<{ readonly files: InspectedFile[]; readonly passedOver: readonly string[] }> {
  const inspected: InspectedFile[] = [];
  const refused: ServiceError[] = [];
  const empty: ServiceError[] = [];
  const passedOver: string[] = [];
  for (const file of files) {
    try {
      const layout = await inspectFile(file);
      if (files.length > 1 && file.mayBeEmpty !== true && (await isWithoutRecords(file, layout)))
        throw nothingInFile(file, 'holds no record');
      inspected.push({ ...file, layout, recognition: await recognise(file, layout), records: 0 });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'import_failed') throw error;
      const reason = reasonOfNothing(error);
      if (reason !== null) passedOver.push(`${file.name} ${reason}: nothing came of it.`);
      (reason === null ? refused : empty).push(error);
    }
  }
  if (inspected.length === 0) refused.push(...empty);
  const [first] = refused;
  if (first === undefined) return { files: inspected, passedOver };
  if (refused.length === 1) throw first;
  const errors = refused.flatMap(({ details }) => (Array.isArray(details?.errors) ? details.errors : []));
  const others = files.length - refused.length;
  const rest = others === 0 ? '' : ` (${others} of ${files.length} files can be read)`;
  throw new ServiceError('import_failed', `${refused.length} files cannot be read. ${first.message}${rest}`, {
    errors,
    errorCount: errors.length,
  });
}

async function isWithoutRecords(file: ImportFile, layout: FileLayout): Promise<boolean> {
  const { records, problems } = await firstRecords(file, layout, 1);
  return records.length + problems.length === 0;
}

async function land(
  request: ImportRequest,
  studyName: string,
  set: FoundCalibrationSet | undefined,
  files: InspectedFile[],
  controls: TaskControls,
  passedOver: readonly string[],
): Promise<ImportResult> {
  const store = new Store(request.storePath, { readonly: false, cacheKib: IMPORT_CACHE_KIB });
  try {
    const tally = new ImportTally();
    const work = async () => {
      const isNew = studyByName(store, studyName) === undefined;
      const place = studyPlace(store, request, studyName, set);
      const firstOrdinal = pairCountOf(store, place.studyId);
      const writer = new RecordWriter(place, undefined, tally, {
        firstOrdinal,
        restoresDraws: isNew && set?.settled.draws !== undefined,
      });
      await readInto(writer, tally, request, files, controls, (id) => systemsOfPair(place, id));
      if (tally.errorCount > 0) throw importFailed(tally);
      if (isNew && set !== undefined) keepSettledDesign(place, set, writer.drawn, request.nowMs);
      const sources = files.map(({ name, layout, records }) => ({
        name,
        format: layout.format,
        bytes: layout.bytes,
        records,
      }));
      if (!tally.changedNothing) {
        insertImport(store, {
          studyId: place.studyId,
          at: request.nowMs,
          firstOrdinal,
          pairCount: tally.counts.pairsAdded,
          counts: tally.counts,
          sources,
        });
        appendAudit(store, {
          at: request.nowMs,
          studyId: place.studyId,
          actor: 'lead',
          action: 'import',
          details: { counts: tally.counts, sources, records: sealRecords(store) },
        });
      }
      const study = studyByName(store, studyName);
      return resultOf(false, studyName, study?.publicId ?? null, files, tally, place, [
        ...passedOver,
        ...writer.warnings(),
      ]);
    };
    return await inTransaction(store, controls, work, () => !tally.changedNothing);
  } finally {
    store.close();
  }
}

async function rehearse(
  request: ImportRequest,
  studyName: string,
  set: FoundCalibrationSet | undefined,
  files: InspectedFile[],
  controls: TaskControls,
  passedOver: readonly string[],
): Promise<ImportResult> {
  const folder = makePrivateFolder('dry-run');
  const live = new Store(request.storePath, { readonly: true });
  const scratch = new Store(join(folder, 'scratch.sqlite'), { readonly: false, cacheKib: IMPORT_CACHE_KIB });
  try {
    applyMigrations(scratch, productMigrations(), request.nowMs);
    scratch.pragma('synchronous = OFF');
    scratch.execute('BEGIN');
    const place = studyPlace(scratch, request, studyName, set);
    const liveStudy = studyByName(live, studyName);
    const livePlace = liveStudy === undefined ? undefined : { store: live, studyId: liveStudy.id };
    const tally = new ImportTally();
    const systemsOf: SystemsOfPair = (id) =>
      systemsOfPair(place, id) ?? (livePlace === undefined ? undefined : systemsOfPair(livePlace, id));
    const writer = new RecordWriter(place, livePlace, tally, {
      firstOrdinal: 0,
      restoresDraws: livePlace === undefined && set?.settled.draws !== undefined,
    });
    await readInto(writer, tally, request, files, controls, systemsOf);
    if (livePlace === undefined && set !== undefined && tally.errorCount === 0)
      keepSettledDesign(place, set, writer.drawn, request.nowMs);
    return resultOf(true, studyName, liveStudy?.publicId ?? null, files, tally, place, [
      ...passedOver,
      ...writer.warnings(),
    ]);
  } finally {
    scratch.close();
    live.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function studyPlace(
  store: Store,
  request: ImportRequest,
  studyName: string,
  set: FoundCalibrationSet | undefined,
): StudyPlace {
  const existing = studyByName(store, studyName);
  if (existing !== undefined) return { store, studyId: existing.id };
  const studyId = insertStudy(store, {
    publicId: request.newStudyId,
    name: studyName,
    isSynthetic: set?.study.isSynthetic ?? false,
    createdAt: request.nowMs,
    design: set?.study.design ?? defaultDesign(request.newSeed),
    ...(set?.settled.guidelines === undefined ? {} : { guidelines: set.settled.guidelines }),
  });
  appendAudit(store, {
    at: request.nowMs,
    studyId,
    actor: 'lead',
    action: 'study.created',
    details: { name: studyName, by: 'import' },
  });
  return { store, studyId };
}

async function readInto(
  writer: RecordWriter,
  tally: ImportTally,
  request: ImportRequest,
  files: InspectedFile[],
  controls: TaskControls,
  systemsOf: SystemsOfPair,
): Promise<void> {
  const isRun = ({ recognition }: InspectedFile) => recognition?.kind === 'run';
  const bytesTotal = files.reduce((sum, { layout }) => sum + layout.bytes, 0);
  const pass: ReadingPass = { tally, controls, isDryRun: request.dryRun, read: { bytesDone: 0, bytesTotal } };
  const runFiles = files.filter(isRun);
  if (runFiles.length > 0) await readRuns(runFiles, request.runNames ?? [], writer, systemsOf, pass);
  const mapped = new MappedImport();
  try {
    for (const file of tablesFirst(
      files.filter((each) => !isRun(each)),
      request.mapping,
    )) {
      const reading = fileReading(file, file.recognition, request, systemsOf, mapped);
      await eachRecord(file, pass, (value, place) => {
        const native = reading.read(value, place.line);
        for (const what of native.ok ? [native.leftOut ?? []].flat() : []) tally.addLeftOut(file.name, what);
        if (native.ok && native.unread !== undefined) tally.addUnread(file.name, native.unread);
        if (native.ok) writer.meetUnnamed(native.unnamed ?? []);
        const problems = native.ok ? native.rows.flatMap((row) => writer.write(row, place)) : native.problems;
        for (const { field, reason } of problems)
          tally.addError({ ...place, field: reading.nameInFile(field, value), reason });
      });
      for (const warning of reading.warnings()) tally.warnings.push(`${file.name}: ${warning}`);
    }
  } finally {
    mapped.close();
  }
  writer.finish();
}

/** What others look values up in is read before them, and comparisons in a table of their own before what is said of them. */
function tablesFirst(
  files: readonly InspectedFile[],
  mapping: Mapping | undefined,
): readonly InspectedFile[] {
  const isTable = (file: InspectedFile) => {
    if (file.recognition?.format.name === TEXTS_TABLE) return true;
    const source = mapping === undefined ? undefined : sourceForFile(mapping, file);
    return source !== undefined && 'table' in source;
  };
  return [...files.filter(isTable), ...files.filter((file) => !isTable(file))];
}

/** Fewer pairs than this say little of how two orders go together. */
const FEWEST_WARNED = 20;

/** A judge that agrees with itself less than by chance is most often one whose verdicts were encoded otherwise. */
function orderWarning({ judge, pairs, same, byChance }: OrderAgreement): string[] {
  if (pairs < FEWEST_WARNED || same >= byChance) return [];
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return [
    `${judge}: the two orders agree on ${percent(same)} of ${pairs} pairs, less than chance alone would give (${percent(byChance)}). Are its verdicts as shown, and were imported as mapped back, or the other way round?`,
  ];
}

function sameWithoutId(records: number): string[] {
  if (records === 0) return [];
  const said = records === 1 ? '1 record without an id holds' : `${records} records without an id hold`;
  return [`${said} what an earlier one holds: each was taken as one comparison with it.`];
}

function resultOf(
  dryRun: boolean,
  studyName: string,
  studyId: string | null,
  files: readonly InspectedFile[],
  tally: ImportTally,
  place: StudyPlace,
  watched: readonly string[],
): ImportResult {
  const byName = <Value>(entries: Map<string, Value>) =>
    [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    dryRun,
    studyName,
    studyId,
    files: files.map(({ name, layout, records, recognition }) => ({
      name,
      format: layout.format,
      readAs: layoutText(layout),
      records,
      recognised: recognitionView(recognition),
    })),
    leftOut: tally.leftOut,
    counts: { ...tally.counts },
    systems: byName(tally.systems).map(([name, responses]) => ({ name, responses })),
    raters: byName(tally.raters).map(([name, votes]) => ({ name, votes })),
    judges: byName(tally.judges).map(([name, judgments]) => ({ name, judgments })),
    slices: byName(tally.slices).map(([name, values]) => ({ name, values: values.size })),
    errors: tally.errors,
    errorCount: tally.errorCount,
    findings: tally.findings,
    findingCount: tally.findingCount,
    foundOutputs: tally.outputsFound.size,
    duplicates: tally.duplicates,
    firstRows: tally.firstPairIds.flatMap((pairId) => {
      const pair = pairById(place.store, pairId);
      return pair === undefined ? [] : [nativeRowOf(place.store, pair)];
    }),
    changedNothing: tally.changedNothing && tally.errorCount === 0,
    warnings: [
      ...tally.warnings,
      ...watched,
      ...sameWithoutId(tally.sameWithoutId),
      ...orderAgreement(place.store, place.studyId, [...tally.judges.keys()]).flatMap(orderWarning),
    ],
  };
}
