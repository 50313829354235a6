/** What kind of file somebody handed over, by its content. */
import { open, stat } from 'node:fs/promises';
import { ServiceError } from '../../../shared/contract/errors.ts';
import { parseJson } from '../../../shared/formats/parse-json.ts';
import { fileProblem } from './file-problem.ts';
import type { FileFormat, ImportFile } from './import-source.ts';
import { systemReason } from './reason-of.ts';

const SNIFF_BYTES = 64 * 1024;

/** Opens a file far enough to know that it can be read, its size and its format. */
export async function inspectFile(file: ImportFile): Promise<{ bytes: number; format: FileFormat }> {
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
  if (bytes === 0) throw fileProblem(file, null, 'is empty');
  return { bytes, format: formatOf(file, head) };
}

function formatOf(file: ImportFile, head: Buffer): FileFormat {
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet';
  if (head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return 'eval_log';
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/u, '')
    .trimStart();
  if (text === '') throw fileProblem(file, null, 'holds nothing but white space');
  if (/\.(csv|tsv)$/iu.test(file.name)) return 'csv';
  if (text.startsWith('[')) return 'json_array';
  if (text.startsWith('{')) return isDocument(text) ? 'json_document' : 'json_lines';
  if (/\.(jsonl?|ndjson)$/iu.test(file.name)) {
    throw fileProblem(file, 1, 'is neither a JSON array nor lines of JSON objects');
  }
  return 'csv';
}

/**
 * Whether an object is a document with records inside: when it goes over many lines, begins as logs do, or, by itself on its
 * line, holds nothing but labels by annotator.
 */
function isDocument(head: string): boolean {
  const end = head.indexOf('\n');
  if (end !== -1 && isObject(head.slice(0, end)) && head.slice(end).trimStart().startsWith('{')) return false;
  if (DOCUMENT_START.test(head)) return true;
  if (end === -1 || head.slice(end).trim() === '')
    return head.length < SNIFF_BYTES / 2 ? holdsLabels(head) : LABELS_BEGIN.test(head);
  return !/\}\s*$/u.test(head.slice(0, end));
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
