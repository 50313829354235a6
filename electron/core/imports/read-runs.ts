import { basename, dirname } from 'node:path';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { RunPiece } from '../../../shared/formats/harness/read/run-format.ts';
import { readNativeRecord } from '../../../shared/formats/own/native.ts';
import { RunStage } from '../store/staging/run-stage.ts';
import type { StagedRecord } from '../store/staging/staged-record.ts';
import { throwIfCancelled } from '../work/task-controls.ts';
import { eachRecord } from './each-record.ts';
import { fileProblem } from './file-problem.ts';
import type { ImportContext, InspectedFile } from './import-context.ts';
import type { ImportTally } from './import-tally.ts';
import { withoutPackingEnding } from './plain-files.ts';
import { sha256 } from './plain-record.ts';
import type { RecordWriter } from './record-writer.ts';

/**
 * Two runs or more become comparisons of the samples they share, before anything that is said about these is read.
 *
 * @param files those of runs, in their order
 */
export async function readRuns(
  files: readonly InspectedFile[],
  context: ImportContext,
  writer: RecordWriter,
): Promise<void> {
  const { tally, controls } = context;
  const { runNames: names = [] } = context.request;
  refuseSeveralTools(files);
  if (names.length > 0 && names.length !== files.length)
    throw new ServiceError('invalid_input', {
      key: 'import.run_names_do_not_fit',
      values: { names: names.length, count: files.length, files: files.map(({ name }) => name).join(', ') },
    });
  const stage = new RunStage();
  try {
    for (const [index, file] of files.entries()) {
      if (file.recognition?.kind !== 'run') continue;
      const { format } = file.recognition;
      const isRenamed = format.isOneRun === true && names[index] !== undefined;
      const run = names[index] ?? format.runOfPath?.(file.path) ?? nameOfFile(file, files);
      let namesItself = false;
      let isNameUsed = false;
      const pieces = format.reader({
        sha256,
        fileName: basename(file.path),
        folderName: basename(dirname(file.originalPath ?? file.path)),
      });
      await eachRecord(file, context, (value, place) => {
        const found = pieces(value);
        if (!found.ok) {
          for (const problem of found.problems) tally.addError({ ...place, ...problem });
          return;
        }
        for (const { what, sample } of found.leftOut ?? []) tally.addLeftOut(file.name, what, 1, sample);
        if (found.unread !== undefined) tally.addUnread(file.name, found.unread);
        for (const said of found.pieces) {
          const piece = isRenamed ? ofNamedRun(said) : said;
          if (piece.kind === 'answer') {
            namesItself ||= piece.run !== null;
            isNameUsed ||= piece.run === null;
          }
          const reason = stage.take(piece, format, { ...place, run });
          if (reason !== undefined) tally.addError({ ...place, field: piece.kind, reason });
        }
      });
      if (names[index] !== undefined && namesItself && !isNameUsed)
        throw fileProblem(
          file,
          null,
          `names its systems itself, so the name ${JSON.stringify(names[index])} would not be used`,
          'runs',
        );
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
    for (const verdict of stage.verdictsOnStored((id) => writer.systemsOf(id) !== undefined)) write(verdict);
    const all = files.map(({ name }) => name).join(', ');
    for (const { what, records } of stage.listUnmatched()) tally.addLeftOut(all, what, records);
    if (written === 0 && tally.errorCount === 0)
      throw new ServiceError(
        'import_failed',
        {
          key: 'import.runs_share_nothing',
          values: { files: all, runs: stage.runs.join(', ') || 'none', passedOver: describeLeftOut(tally) },
        },
        { errors: [], errorCount: 0 },
      );
  } finally {
    stage.close();
  }
}

/** What of the files came to nothing, which most often is why. */
function describeLeftOut({ leftOut }: ImportTally): string {
  const all = leftOut.map(({ file, what, records }) => `${file}: ${records} × ${what}`);
  if (all.length === 0) return '';
  return ` Passed over: ${all.slice(0, MOST_TOLD).join('; ')}${all.length > MOST_TOLD ? ' …' : ''}.`;
}

const MOST_TOLD = 8;

/** What a run says, for the name it was given instead of its own. */
function ofNamedRun(piece: RunPiece): RunPiece {
  if (piece.kind === 'answer') return { ...piece, run: null };
  if (piece.kind !== 'score' || 'id' in piece.of) return piece;
  return { ...piece, of: { ...piece.of, run: null } };
}

/** Each tool names samples in its own way: one’s question 1 is not another’s. */
function refuseSeveralTools(files: readonly InspectedFile[]): void {
  const toolOf = ({ recognition }: InspectedFile) =>
    recognition?.kind === 'run' ? recognition.format.tool : undefined;
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

/** What a run is called whose file does not say: by the file's name, or its folder's where names are the same. */
function nameOfFile(file: InspectedFile, files: readonly InspectedFile[]): string {
  const plain = ({ name, baseName = name }: InspectedFile) =>
    withoutPackingEnding(baseName).replace(/\.[a-z0-9]+$/iu, '');
  const areDistinct = new Set(files.map(plain)).size === files.length;
  return areDistinct ? plain(file) : basename(dirname(file.originalPath ?? file.path));
}
