import type { RowError, SniffedFile } from '../../../shared/contract/import-methods.ts';
import type { ImportJob } from '../../../shared/contract/job-methods.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { type Mapping, mappingSchema } from '../../../shared/formats/mapping/mapping.ts';
import type { AppContext } from '../context/app-context.ts';
import { listMappings, saveMapping } from '../store/engine/preferences.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import { MANIFEST_NAME } from './calibration-set.ts';
import { nothingInFile, reasonOfNothing } from './file-problem.ts';
import type { ImportFile } from './import-source.ts';
import { inspectFile } from './inspect-file.ts';
import { layoutText } from './layout-text.ts';
import { withPlainFiles } from './plain-files.ts';
import { firstRecords, notUnderstood, recogniseRecords, recognitionView } from './record-reading.ts';
import { IMPORT } from './tasks.ts';
import { tellApart } from './tell-apart.ts';

const SNIFFED_RECORDS = 200;
const MOST_FIELDS = 200;
const MOST_VALUES = 12;
const EXAMPLE_LENGTH = 120;

/** Looks at the first records of each file: what fields there are, with an example of each. */
export function sniffFiles(
  context: AppContext,
  input: ParsedInputOf<'imports.sniff'>,
): Promise<SniffedFile[]> {
  return withPlainFiles(handedFiles(context, input), (files) =>
    Promise.all(files.map((file) => sniffFile(file, files.length === 1, isSet(files)))),
  );
}

function handedFiles(
  { files }: AppContext,
  { uploads, layouts }: Pick<ParsedInputOf<'imports.sniff'>, 'uploads' | 'layouts'>,
): ImportFile[] {
  return tellApart(
    uploads.map((uploadId) => {
      const { path, name } = files.file(uploadId);
      return { path, name, ...(Object.hasOwn(layouts, uploadId) ? layouts[uploadId] : {}) };
    }),
  );
}

function isSet(files: readonly ImportFile[]): boolean {
  return files.some(({ name, baseName = name }) => baseName === MANIFEST_NAME);
}

async function sniffFile(file: ImportFile, isAlone: boolean, isOfSet: boolean): Promise<SniffedFile> {
  const nothing = {
    name: file.givenName ?? file.name,
    bytes: 0,
    format: null,
    readAs: '',
    encoding: null,
    isEncodingGuessed: false,
    separator: null,
    problem: null,
    fields: [],
    isNative: false,
    recognised: null,
  };
  try {
    // A program that recomputes a set's figures comes with it.
    if (isOfSet && /\.py$/u.test(file.name)) return { ...nothing, readAs: 'not read', isNative: true };
    const layout = await inspectFile(file);
    const { bytes, encoding, isEncodingGuessed, separator } = layout;
    const found = { ...nothing, bytes, encoding, isEncodingGuessed, separator, readAs: layoutText(layout) };
    if (isOfSet) return { ...found, format: 'calibration_set', isNative: true };
    const { records, problems } = await firstRecords(file, layout, SNIFFED_RECORDS);
    if (records.length + problems.length === 0) throw nothingInFile(file, 'holds no record');
    const recognition = recogniseRecords(file, records);
    return {
      ...found,
      format: layout.format,
      fields: fieldsOf(records),
      isNative: recognition === null && records.length > 0 && notUnderstood(layout, records) === null,
      recognised: recognitionView(recognition),
    };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== 'import_failed') throw error;
    const empty = reasonOfNothing(error);
    if (empty !== null && !isAlone) return { ...nothing, readAs: `${empty}: passed over`, isNative: true };
    return { ...nothing, problem: reasonOf(error) };
  }
}

/** What is wrong with the file, without its name. */
function reasonOf({ details, message }: ServiceError): string {
  const [first] = (details?.errors ?? []) as RowError[];
  return first === undefined ? message : `${first.line === 0 ? '' : `line ${first.line}: `}${first.reason}`;
}

/** Paths to single values in the records, in the order they are met, without going into long arrays. */
function fieldsOf(records: readonly unknown[]): SniffedFile['fields'][number][] {
  const found = new Map<string, Set<string>>();
  const visit = (value: unknown, path: string, depth: number) => {
    if (found.size >= MOST_FIELDS || depth > 6) return;
    if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value).slice(0, 100)) {
        const next = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
        visit(inner, next, depth + 1);
      }
      return;
    }
    if (path === '') return;
    const values = found.get(path) ?? new Set<string>();
    found.set(path, values);
    if (value !== null && values.size < MOST_VALUES) values.add(String(value).slice(0, EXAMPLE_LENGTH));
  };
  for (const record of records) visit(record, '', 0);
  return [...found].map(([path, values]) => ({ path, example: [...values][0] ?? '', values: [...values] }));
}

export function startImport(context: AppContext, input: ParsedInputOf<'imports.start'>): { jobId: string } {
  const { ports, jobs, store } = context;
  const request = {
    files: handedFiles(context, input),
    studyName: input.studyName,
    storePath: store.path,
    dryRun: input.dryRun,
    ...(input.mapping === undefined ? {} : { mapping: input.mapping }),
    format: input.format,
    nowMs: ports.clock.nowMs(),
    newSeed: ports.entropy.hex(8),
    newStudyId: ports.entropy.hex(12),
  };
  const jobId = jobs.start<ImportJob>(
    {
      kind: input.dryRun ? 'dry_run' : 'import',
      progress: { bytesDone: 0, bytesTotal: 0, records: 0 },
    },
    (controls) => runInWorker(IMPORT, request, controls),
    {
      changesStudies: !input.dryRun,
      fault: 'The import stopped because of a fault in the program. Nothing was imported.',
    },
  );
  return { jobId };
}

export function savedMappings({ store }: AppContext): { name: string; mapping: Mapping }[] {
  return listMappings(store).flatMap(({ name, definition }) => {
    const parsed = mappingSchema.safeParse(definition);
    return parsed.success ? [{ name, mapping: parsed.data }] : [];
  });
}

export function keepMapping(
  { store, ports }: AppContext,
  input: ParsedInputOf<'mappings.save'>,
): { name: string } {
  store.write(() => saveMapping(store, input.name, input.mapping, ports.clock.nowMs()));
  return { name: input.name };
}
