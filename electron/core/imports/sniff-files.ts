import type { RowError, SniffedFile } from '../../../shared/contract/import-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { MANIFEST_NAME } from './calibration-set.ts';
import { nothingInFile, reasonOfNothing } from './file-problem.ts';
import { withFirstRecords } from './first-records.ts';
import type { ImportFile } from './import-source.ts';
import { inspectFile } from './inspect-file.ts';
import { layoutText } from './layout-text.ts';
import { withPlainFiles } from './plain-files.ts';
import { notUnderstood, recogniseRecords, recognitionView } from './recognise-file.ts';

const SNIFFED_RECORDS = 200;
const MOST_FIELDS = 200;
const MOST_VALUES = 12;
const EXAMPLE_LENGTH = 120;

/** Looks at the first records of each file: what fields there are, with an example of each. */
export function sniffFiles(
  { files }: { readonly files: readonly ImportFile[] },
  controls: TaskControls,
): Promise<SniffedFile[]> {
  return withPlainFiles(
    files,
    (plain) => Promise.all(plain.map((file) => sniffFile(file, plain.length === 1, isSet(plain)))),
    controls,
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
    const { records, problems } = await withFirstRecords(file, layout, SNIFFED_RECORDS).first();
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
