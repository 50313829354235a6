/** In which tool's format a file is, told by its first records. */
import type { RecognisedFormat } from '../../../shared/contract/import-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import {
  type Recognition,
  recognise,
  TOOL_FORMATS,
  toolFormatNamed,
} from '../../../shared/formats/harness/read/harness-formats.ts';
import { sourceForFile } from '../../../shared/formats/mapping/mapping.ts';
import { looksNative } from '../../../shared/formats/own/native.ts';
import { fileProblem } from './file-problem.ts';
import type { ReadingOptions } from './file-reading.ts';
import type { LookedInto } from './first-records.ts';
import type { FileLayout, ImportFile } from './import-source.ts';
import { layoutText } from './layout-text.ts';
import { nestedRecord, readPlain } from './plain-record.ts';

/** Records that a format is recognised by. */
export const RECORDS_LOOKED_AT = 20;

/**
 * The tool's format a file is in, and by what it is recognised; null for one that is native or mapped.
 *
 * @throws ServiceError `invalid_input` for a format that is not known, `import_failed` where several fit, or none
 */
export async function recogniseFile(
  file: LookedInto,
  { mapping, format = 'auto' }: ReadingOptions,
): Promise<Recognition | null> {
  if (format === 'native' || (mapping !== undefined && sourceForFile(mapping, file) !== undefined))
    return null;
  if (format !== 'auto') {
    const named = toolFormatNamed(format);
    if (named !== undefined) return { ...named, why: 'it was named' };
    const known = ['auto', 'native', ...TOOL_FORMATS.map((tool) => tool.format.name)].join(', ');
    throw new ServiceError('invalid_input', { key: 'import.format_unknown', values: { format, known } });
  }
  const { records, problems } = await file.first();
  const [problem] = problems;
  if (records.length === 0 && problem !== undefined && problems.length > 2)
    throw fileProblem(
      file,
      problem.line,
      `${problem.problem}, and nor are the ${problems.length - 1} records after it`,
    );
  const recognition = recogniseRecords(file, records);
  const reason = recognition === null ? notUnderstood(file.layout, records) : null;
  if (reason === null) return recognition;
  if (reason.endsWith(SINGLE_OUTPUTS)) throw fileProblem(file, null, reason);
  const known = mapping?.sources.map((source) => source.file).join(', ');
  throw fileProblem(
    file,
    null,
    `${reason}. ${known === undefined ? 'Say with a mapping (--map, or on the import screen) which field is which' : `The mapping does not name this file (it knows: ${known})`}`,
  );
}

/** As {@link recogniseFile}, from a file's first records; null also where nothing fits. */
export function recogniseRecords(file: ImportFile, records: readonly unknown[]): Recognition | null {
  const [first] = records;
  if (first === undefined || readPlain(first).ok) return null;
  const [found, ...others] = recognise(records.slice(0, RECORDS_LOOKED_AT));
  if (found === undefined) return null;
  if (others.length === 0) return found;
  const named = [found, ...others].filter(
    (each) => each.kind === 'rows' && each.format.fileNames?.test(file.baseName ?? file.name),
  );
  const [only, ...more] = named;
  if (only !== undefined && more.length === 0) return { ...only, why: `${only.why}, and is named so` };
  const candidates = [found, ...others].map(({ format, why }) => `${format.name} (${why})`).join('; ');
  throw fileProblem(file, null, `could be several formats: ${candidates}. Name the one it is`, 'format');
}

/** Why nothing is made of a file's first records; null where they are native, or meant to be. */
export function notUnderstood(layout: FileLayout, records: readonly unknown[]): string | null {
  const [first] = records;
  if (first === undefined || readPlain(first).ok) return null;
  if (records.some((record) => looksNative(nestedRecord(record)))) return null;
  const fields = [
    ...new Set(records.flatMap((record) => (isFields(record) ? Object.keys(record) : []))),
  ].filter((name) => name !== '');
  const shown = fields.slice(0, MOST_FIELDS_SHOWN).map((name) => name.slice(0, 60));
  const held =
    fields.length === 0
      ? 'its records have no fields'
      : `its ${layout.format === 'csv' ? 'columns' : 'fields'} are ${shown.join(', ')}${fields.length > shown.length ? ' …' : ''}`;
  const tools = [...new Set(TOOL_FORMATS.map((tool) => tool.format.title.split(/[ ’']/u)[0]))].join(', ');
  const single = areSingleOutputs(fields, records) ? `. ${SINGLE_OUTPUTS}` : '';
  return `is not understood: read as ${layoutText(layout)}, ${held}. Tried: the native format, and those of ${tools}${single}`;
}

const SINGLE_OUTPUTS =
  'It seems to hold single outputs. A comparison is of two outputs to one prompt: labels of one output by itself cannot come in yet';

/** Whether the fields are those of one output with what somebody made of it, and not of two or of a list of them. */
function areSingleOutputs(fields: readonly string[], records: readonly unknown[]): boolean {
  const outputs = fields.filter((name) =>
    /(?:^|_)(?:response|output|completion|answer|reply|generation)s?(?:_text)?$/iu.test(name),
  );
  const isOfTwo = fields.some((name) =>
    /(?:response|output|completion|answer|reply|generation|model|system)s?[ _.-]?(?:a|b|1|2)$/iu.test(name),
  );
  return (
    outputs.length === 1 &&
    !isOfTwo &&
    !records.some((record) => isFields(record) && Object.values(record).some(isListOfTexts)) &&
    fields.some((name) =>
      /rat(?:er|ing)|annotator|worker|score|label|harm|^(?:prompt|instruction|question)$/iu.test(name),
    )
  );
}

/** Several texts, or objects with one; the turns of a conversation are one text. */
function isListOfTexts(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 1 &&
    value.every((each) => typeof each === 'string' || (isFields(each) && 'text' in each && !('role' in each)))
  );
}

const MOST_FIELDS_SHOWN = 12;

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A recognition as it is told. */
export function recognitionView(recognition: Recognition | null): RecognisedFormat | null {
  if (recognition === null) return null;
  const { name, title } = recognition.format;
  const order =
    recognition.kind === 'rows'
      ? recognition.format.order
      : `${recognition.format.scores ?? 'it holds none'}; samples of two runs are joined on ${recognition.format.joinedOn}`;
  return { name, title, order, why: recognition.why };
}
