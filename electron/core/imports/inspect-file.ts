/** What kind of file somebody handed over, by its content. */
import { open, stat } from 'node:fs/promises';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { beginsPage, type PageMember } from '../../../shared/formats/harness/read/record-page.ts';
import { parseJson } from '../../../shared/json/parse-json.ts';
import { archiveKind } from './archive-kind.ts';
import { csvLayoutOf } from './csv-layout.ts';
import { fileProblem, nothingInFile } from './file-problem.ts';
import { besideRecords, foreignBytes, foreignText } from './foreign-file.ts';
import type { FileFormat, FileLayout, ImportFile } from './import-source.ts';
import { withoutPackingEnding } from './plain-files.ts';
import { systemReason } from './reason-of.ts';
import { encodingNamed, encodingOf } from './text-encoding.ts';

const SNIFF_BYTES = 64 * 1024;

/**
 * Opens a file far enough to know that it can be read, and how.
 *
 * @throws ServiceError `import_failed` that says what the file is where it holds no records
 */
export async function inspectFile(file: ImportFile): Promise<FileLayout> {
  let bytes: number;
  let head: Buffer;
  try {
    const found = await stat(file.path);
    if (found.isDirectory()) throw fileProblem(file, null, 'is a folder, not a file');
    if (!found.isFile()) throw fileProblem(file, null, 'is not an ordinary file');
    bytes = found.size;
    const handle = await open(file.path);
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
      head = buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw fileProblem(file, null, `cannot be read (${systemReason(error)})`);
  }
  if (bytes === 0) throw nothingInFile(file, 'is empty');
  const binary = await binaryFormat(file, head);
  const none = { encoding: null, isEncodingGuessed: false, separator: null, isSeparatorSaid: false };
  if (binary !== null) return { bytes, format: binary, ...none };
  return { bytes, ...(await textLayout(file, head, bytes)) };
}

async function binaryFormat(file: ImportFile, head: Buffer): Promise<FileFormat | null> {
  const name = withoutPackingEnding(file.baseName ?? file.name);
  const magic = head.toString('latin1', 0, 4);
  if (magic === 'PAR1') return 'parquet';
  if (magic === 'PK\u0003\u0004') {
    const foreign = await archiveKind(file.path, name);
    if (foreign !== null) throw fileProblem(file, null, foreign);
    return 'eval_log';
  }
  const foreign = foreignBytes(head, name);
  if (foreign !== null) throw fileProblem(file, null, foreign);
  return null;
}

async function textLayout(file: ImportFile, head: Buffer, bytes: number): Promise<Omit<FileLayout, 'bytes'>> {
  const { encoding, isGuessed } = await chooseEncoding(file, head);
  const isWhole = head.length === bytes;
  const text = new TextDecoder(encoding).decode(head, { stream: !isWhole }).trimStart();
  if (text === '') throw nothingInFile(file, 'holds nothing but white space');
  const name = withoutPackingEnding(file.baseName ?? file.name);
  const beside = besideRecords(text);
  if (beside !== null) throw nothingInFile(file, beside);
  const foreign = foreignText(text, name);
  if (foreign !== null) throw fileProblem(file, null, foreign);
  const layout = { encoding, isEncodingGuessed: isGuessed, separator: null, isSeparatorSaid: false };
  const isTable = file.separator !== undefined || /\.(csv|tsv|tab)$/iu.test(name);
  if (!isTable) {
    if (text.startsWith('[')) return { ...layout, format: 'json_array' };
    if (text.startsWith('{')) return { ...layout, format: formatOfObjects(text, isWhole, name) };
    if (/\.(jsonl?|ndjson)$/iu.test(name))
      throw fileProblem(file, 1, 'is neither a JSON array nor lines of JSON objects');
  }
  const { separator, isSeparatorSaid, columns } = csvLayoutOf(text, isWhole, file.separator);
  if (columns === 1 && !isTable)
    throw fileProblem(
      file,
      1,
      'is neither JSON nor a table: no comma, semicolon, tab or bar stands between names of columns',
    );
  return { ...layout, format: 'csv', separator, isSeparatorSaid };
}

async function chooseEncoding(
  file: ImportFile,
  head: Buffer,
): Promise<{ encoding: string; isGuessed: boolean }> {
  if (file.encoding !== undefined) {
    const encoding = encodingNamed(file.encoding);
    if (encoding === null)
      throw new ServiceError('invalid_input', {
        key: 'import.encoding_unknown',
        values: { encoding: file.encoding },
      });
    return { encoding, isGuessed: false };
  }
  const found = await encodingOf(file.path, head);
  if (found === null)
    throw fileProblem(
      file,
      null,
      'is not UTF-8, and nothing in it says what else: name its encoding (windows-1250, shift_jis, gb18030, …)',
      'encoding',
    );
  return found;
}

/** One object or many: on lines of their own, over several lines each, or one document with records inside. */
function formatOfObjects(head: string, isWhole: boolean, name: string): FileFormat {
  const end = head.indexOf('\n');
  const [line, rest] = end === -1 ? [head, ''] : [head.slice(0, end), head.slice(end + 1).trimStart()];
  if (end !== -1 && isObject(line) && rest.startsWith('{')) return 'json_lines';
  const start = scanObject(head);
  if (beginsPage(start.members, head)) return 'json_values';
  if (DOCUMENT_START.test(head)) return 'json_document';
  if (rest === '') {
    if (isBeforeAnother(start.end, head)) return 'json_values';
    const isLabels = isWhole ? holdsLabels(head) : LABELS_BEGIN.test(head);
    return isLabels ? 'json_document' : 'json_lines';
  }
  // A first line that was cut short, before lines that are whole.
  const isCut = !isObject(line) && !/[[{,:]\s*$/u.test(line);
  if (isCut && (isObject(rest.split('\n', 1)[0] ?? '') || /\.(jsonl|ndjson)$/iu.test(name)))
    return 'json_lines';
  if (isObject(line)) return 'json_lines';
  return areNativeMembers(start.members) || isBeforeAnother(start.end, head)
    ? 'json_values'
    : 'json_document';
}

/** How logs begin that hold their records in lists. */
const DOCUMENT_START = /^\{\s*"(version|status|evalId|results)"\s*:/u;
const LABELS_BEGIN = /^\{\s*"[^"\\]*"\s*:\s*\{(?:\s*"[^"\\]*"\s*:\s*(?:"[^"\\]{0,200}"|-?\d+)\s*,){50}/u;

function isObject(line: string): boolean {
  try {
    return typeof parseJson(line) === 'object';
  } catch {
    return false;
  }
}

function holdsLabels(text: string): boolean {
  try {
    const all = Object.values(parseJson(text) as object);
    return all.length > 0 && all.every(isOfLabels);
  } catch {
    return false;
  }
}

function isOfLabels(value: unknown): boolean {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((label) => typeof label === 'string' || typeof label === 'number')
  );
}

/** What stands at the top of the first object of a text, as far as the text goes; and where that object ends. */
function scanObject(text: string): { readonly members: readonly PageMember[]; readonly end: number | null } {
  const members: PageMember[] = [];
  let depth = 0;
  let textStart = -1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (textStart >= 0) {
      if (character === '\\') at++;
      else if (character === '"') {
        const value = depth === 1 ? /^\s*:\s*([^\s]?)\s*([^\s]?)/u.exec(text.slice(at + 1, at + 200)) : null;
        if (value !== null)
          members.push({ name: text.slice(textStart + 1, at), begins: `${value[1]}${value[2]}` });
        textStart = -1;
      }
    } else if (character === '"') textStart = at;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return { members, end: at + 1 };
    }
  }
  return { members, end: null };
}

/** Whether the members are of a comparison in the native format, or of what is said about one. */
function areNativeMembers(members: readonly PageMember[]): boolean {
  const has = new Set(members.map(({ name }) => name));
  return (
    (has.has('a') && has.has('b')) ||
    (has.has('id') && ['human', 'judge', 'adjudicated'].some((key) => has.has(key)))
  );
}

/** Whether another object follows the first. @param end where that ends */
function isBeforeAnother(end: number | null, head: string): boolean {
  return end !== null && head.slice(end).trimStart().startsWith('{');
}
