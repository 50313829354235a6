import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ImportResult } from '../../../shared/contract/import-methods.ts';
import { defaultDesign } from '../../../shared/domain/study.ts';
import type { SystemsOfPair } from '../../../shared/formats/harness/harness-format.ts';
import type { Recognition } from '../../../shared/formats/harness/harness-formats.ts';
import type { RunPiece } from '../../../shared/formats/harness/run-format.ts';
import { type Mapping, sourceForFile } from '../../../shared/formats/mapping.ts';
import { readNativeRecord } from '../../../shared/formats/native.ts';
import type { VerdictEncoding } from '../../../shared/formats/verdict-encoding.ts';
import { nativeRowOf } from '../exports/native-row.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../jobs/task-controls.ts';
import { inTransaction } from '../jobs/transaction.ts';
import { appendAudit } from '../store/audit.ts';
import { insertImport, pairById, type StudyPlace, systemsOfPair } from '../store/comparisons.ts';
import { Store } from '../store/database.ts';
import { applyMigrations } from '../store/migrate.ts';
import { productMigrations } from '../store/open-store.ts';
import { type OrderAgreement, orderAgreement } from '../store/order-agreement.ts';
import { insertStudy, pairCountOf, studyByName } from '../store/studies.ts';
import { type FoundCalibrationSet, MANIFEST_NAME, readCalibrationSet } from './calibration-set.ts';
import { fileProblem } from './file-problem.ts';
import type { FileFormat, ImportFile } from './import-source.ts';
import { ImportTally, MOST_LISTED } from './import-tally.ts';
import { inspectFile } from './inspect-file.ts';
import { readRecords } from './read-records.ts';
import { fileReading, recogniseFile, recognitionView } from './record-reading.ts';
import { RecordWriter } from './record-writer.ts';
import { RunStage } from './run-stage.ts';
import { keepSettledDesign } from './settled-design.ts';
import type { StagedRecord } from './staged-record.ts';

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

interface InspectedFile extends ImportFile {
  readonly bytes: number;
  readonly format: FileFormat;
  readonly recognition: Recognition | null;
  records: number;
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
  const [firstFile] = request.files;
  if (request.files.length > 1 && request.files.some(({ name }) => name === MANIFEST_NAME)) {
    throw new ServiceError(
      'invalid_input',
      'Import a calibration set by itself, without other files. Nothing was imported.',
    );
  }
  const set =
    firstFile?.name === MANIFEST_NAME && request.mapping === undefined
      ? await readCalibrationSet(firstFile)
      : undefined;
  const { mapping } = request;
  if (mapping !== undefined && firstFile !== undefined) {
    const isNamed = request.files.some(({ name }) => sourceForFile(mapping, name) !== undefined);
    const known = mapping.sources.map(({ file }) => file).join(', ');
    if (!isNamed)
      throw fileProblem(firstFile, null, `matches no source of the mapping (it knows: ${known})`, 'sources');
  }
  const files: InspectedFile[] = [];
  for (const file of set?.files ?? request.files) {
    const inspected = await inspectFile(file);
    const recognition =
      set === undefined ? await recogniseFile(file, inspected.format, inspected.bytes, request) : null;
    files.push({ ...file, ...inspected, recognition, records: 0 });
  }
  const studyName = request.studyName ?? set?.study.name;
  if (studyName === undefined) throw new ServiceError('invalid_input', 'Name the study to import into.');
  return request.dryRun
    ? rehearse(request, studyName, set, files, controls)
    : land(request, studyName, set, files, controls);
}

async function land(
  request: ImportRequest,
  studyName: string,
  set: FoundCalibrationSet | undefined,
  files: InspectedFile[],
  controls: TaskControls,
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
      const sources = files.map(({ name, format, bytes, records }) => ({ name, format, bytes, records }));
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
          details: { counts: tally.counts, sources },
        });
      }
      const study = studyByName(store, studyName);
      return resultOf(false, studyName, study?.publicId ?? null, files, tally, place);
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
): Promise<ImportResult> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-dry-run-'));
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
    return resultOf(true, studyName, liveStudy?.publicId ?? null, files, tally, place);
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
  const read = { bytesDone: 0, bytesTotal: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  const runFiles = files.filter(isRun);
  if (runFiles.length > 0) await readRuns(writer, tally, request, runFiles, controls, read, systemsOf);
  for (const file of files.filter((each) => !isRun(each))) {
    const reading = fileReading(file, file.format, file.recognition, request, systemsOf);
    await eachRecord(file, tally, request, controls, read, (value, place) => {
      const native = reading.read(value);
      if (native.ok && native.leftOut !== undefined) tally.addLeftOut(file.name, native.leftOut);
      const problems = native.ok ? native.rows.flatMap((row) => writer.write(row, place)) : native.problems;
      for (const problem of problems) tally.addError({ ...place, ...problem });
    });
    for (const warning of reading.warnings()) tally.warnings.push(`${file.name}: ${warning}`);
  }
  writer.finish();
}

/** Two runs or more become comparisons of the samples they share, before anything that is said about these is read. */
async function readRuns(
  writer: RecordWriter,
  tally: ImportTally,
  request: ImportRequest,
  files: readonly InspectedFile[],
  controls: TaskControls,
  read: { bytesDone: number; readonly bytesTotal: number },
  systemsOf: SystemsOfPair,
): Promise<void> {
  refuseSeveralTools(files);
  const stage = new RunStage();
  try {
    const nameOf = runNames(files, request.runNames ?? []);
    for (const file of files) {
      if (file.recognition?.kind !== 'run') continue;
      const { format } = file.recognition;
      const pieces = format.reader({ sha256: (text) => hash('sha256', text) });
      await eachRecord(file, tally, request, controls, read, (value, place) => {
        const found = pieces(value);
        if (!found.ok) {
          for (const problem of found.problems) tally.addError({ ...place, ...problem });
          return;
        }
        if (found.leftOut !== undefined) tally.addLeftOut(file.name, found.leftOut);
        const isRenamed = format.isOneRun === true && request.runNames?.[files.indexOf(file)] !== undefined;
        for (const said of found.pieces) {
          const piece = isRenamed ? ofNamedRun(said) : said;
          const reason = stage.take(piece, format, { ...place, run: nameOf(file) });
          if (reason !== undefined) tally.addError({ ...place, field: piece.kind, reason });
        }
      });
    }
    stage.settle();
    let written = 0;
    const write = ({ record, ...place }: StagedRecord) => {
      const native = readNativeRecord(record);
      const problems = native.ok ? writer.write(native.value, place) : native.problems;
      for (const problem of problems) tally.addError({ ...place, ...problem });
      if (++written % 1000 === 0) throwIfCancelled(controls);
    };
    for (const pair of stage.pairs()) write(pair);
    for (const verdict of stage.verdictsOnStored((id) => systemsOf(id) !== undefined)) write(verdict);
    const all = files.map(({ name }) => name).join(', ');
    for (const { what, records } of stage.unmatched()) tally.addLeftOut(all, what, records);
    if (written === 0 && tally.errorCount === 0)
      throw new ServiceError(
        'import_failed',
        `${all}: no sample was answered by two runs, so there is nothing to compare (runs: ${stage.runs.join(', ') || 'none'}). Nothing was imported.`,
        { errors: [], errorCount: 0 },
      );
  } finally {
    stage.close();
  }
}

/** What a run says, for the name it was given instead of its own. */
function ofNamedRun(piece: RunPiece): RunPiece {
  if (piece.kind === 'answer') return { ...piece, run: null };
  if (piece.kind !== 'score' || 'id' in piece.of) return piece;
  return { ...piece, of: { ...piece.of, run: null } };
}

/** Each tool names samples in its own way: one’s question 1 is not another’s. */
function refuseSeveralTools(files: readonly InspectedFile[]): void {
  const toolOf = ({ recognition }: InspectedFile) => recognition?.format.name.split('-')[0] ?? '';
  const [first, ...others] = files;
  const other = others.find((file) => first !== undefined && toolOf(file) !== toolOf(first));
  if (first === undefined || other === undefined) return;
  throw fileProblem(
    other,
    null,
    `is of another tool than ${first.name} (${other.recognition?.format.title}; ${first.recognition?.format.title}): import the runs of one after those of the other`,
    'format',
  );
}

/** What runs are called whose files do not say: as given, in order; else by the file's name, or its folder's where names are the same. */
function runNames(
  files: readonly InspectedFile[],
  given: readonly string[],
): (file: InspectedFile) => string {
  const plain = ({ name }: InspectedFile) => name.replace(/\.[a-z0-9]+$/iu, '');
  const areDistinct = new Set(files.map(plain)).size === files.length;
  return (file) => given[files.indexOf(file)] ?? (areDistinct ? plain(file) : basename(dirname(file.path)));
}

/** Hands out the records of a file, and tells how far it is. */
async function eachRecord(
  file: InspectedFile,
  tally: ImportTally,
  request: ImportRequest,
  controls: TaskControls,
  read: { bytesDone: number; readonly bytesTotal: number },
  take: (value: unknown, place: { readonly file: string; readonly line: number }) => void,
): Promise<void> {
  const bytesBefore = read.bytesDone;
  for await (const batch of readRecords(file, file.format, file.bytes, (bytes) => {
    read.bytesDone = bytesBefore + bytes;
  })) {
    for (const record of batch) {
      file.records++;
      tally.counts.records++;
      const place = {
        file: record.member === undefined ? file.name : `${file.name}/${record.member}`,
        line: record.line,
      };
      if ('problem' in record) tally.addError({ ...place, field: '(record)', reason: record.problem });
      else take(record.value, place);
    }
    controls.onProgress({ ...read, records: tally.counts.records });
    throwIfCancelled(controls);
    if (!request.dryRun && tally.errorCount >= MOST_LISTED) throw importFailed(tally);
  }
  if (file.records === 0) throw fileProblem(file, null, 'holds no record');
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

function importFailed(tally: ImportTally): ServiceError {
  const [first] = tally.errors;
  const more = tally.errorCount > 1 ? ` (and ${tally.errorCount - 1} more)` : '';
  const where =
    first === undefined
      ? 'The import failed'
      : `${first.file}, line ${first.line}, ${first.field}: ${first.reason}`;
  return new ServiceError('import_failed', `${where}${more}. Nothing was imported.`, {
    errors: tally.errors,
    errorCount: tally.errorCount,
  });
}

function resultOf(
  dryRun: boolean,
  studyName: string,
  studyId: string | null,
  files: readonly InspectedFile[],
  tally: ImportTally,
  place: StudyPlace,
): ImportResult {
  const byName = <Value>(entries: Map<string, Value>) =>
    [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    dryRun,
    studyName,
    studyId,
    files: files.map(({ name, format, records, recognition }) => ({
      name,
      format,
      records,
      recognised: recognitionView(recognition),
    })),
    leftOut: [...tally.leftOut.values()],
    counts: { ...tally.counts },
    systems: byName(tally.systems).map(([name, responses]) => ({ name, responses })),
    raters: byName(tally.raters).map(([name, votes]) => ({ name, votes })),
    judges: byName(tally.judges).map(([name, judgments]) => ({ name, judgments })),
    slices: byName(tally.slices).map(([name, values]) => ({ name, values: values.size })),
    errors: tally.errors,
    errorCount: tally.errorCount,
    findings: tally.findings,
    findingCount: tally.findingCount,
    duplicates: tally.duplicates,
    firstRows: tally.firstPairIds.flatMap((pairId) => {
      const pair = pairById(place.store, pairId);
      return pair === undefined ? [] : [nativeRowOf(place.store, pair)];
    }),
    changedNothing: tally.changedNothing && tally.errorCount === 0,
    warnings: [
      ...tally.warnings,
      ...orderAgreement(place.store, place.studyId, [...tally.judges.keys()]).flatMap(orderWarning),
    ],
  };
}
