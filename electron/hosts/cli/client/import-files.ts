import { createReadStream } from 'node:fs';
import type { ImportResult } from '../../../../shared/contract/import-methods.ts';
import type { ImportJob } from '../../../../shared/contract/job-methods.ts';
import type { InputOf } from '../../../../shared/contract/methods.ts';
import { mappingSchema } from '../../../../shared/formats/mapping/mapping.ts';
import type { Separator } from '../../../../shared/formats/own/separators.ts';
import type { VerdictEncoding } from '../../../../shared/formats/own/verdict-encoding.ts';
import { parseJson, readJsonFile } from '../options/json-file.ts';
import type { CommandClient } from './command-client.ts';

export interface ImportOptions {
  readonly study?: string;
  readonly map?: string;
  /** `auto`, `native`, or the name of a tool's format. */
  readonly format?: string;
  readonly runs?: readonly string[];
  readonly dryRun?: boolean;
  /** How a judge's verdicts name the outputs; see {@link VerdictEncoding}. */
  readonly verdictEncoding?: VerdictEncoding;
  /** Of files of text, and what separates the cells of tables, where they are not as found. */
  readonly encoding?: string;
  readonly separator?: Separator;
  /** How pairs are named in terms of FastChat's fields. */
  readonly pairPattern?: string;
}

const STANDARD_INPUT = '-';

/** Bytes of standard input that are handed over at a time, at least. */
const PART_BYTES = 2 * 1024 ** 2;

/** Hands files over, `-` standing for standard input, and imports them. */
export async function importFiles(
  client: CommandClient,
  paths: readonly string[],
  { study, map, format, runs, dryRun, verdictEncoding, encoding, separator, pairPattern }: ImportOptions,
): Promise<ImportResult> {
  const mapping = map === undefined ? undefined : parseJson(map, mappingSchema, readJsonFile(map));
  const uploads: string[] = [];
  for (const path of paths)
    uploads.push(path === STANDARD_INPUT ? await standardInput(client) : await client.file(path));
  const layout = {
    ...(encoding === undefined ? {} : { encoding }),
    ...(separator === undefined ? {} : { separator }),
  };
  const input: InputOf<'imports.start'> = {
    uploads,
    layouts: Object.fromEntries(uploads.map((uploadId) => [uploadId, layout])),
    studyName: study ?? null,
    dryRun: dryRun === true,
    ...(mapping === undefined ? {} : { mapping }),
    ...(format === undefined ? {} : { format }),
    ...(runs === undefined ? {} : { runNames: runs }),
    ...(verdictEncoding === undefined ? {} : { verdictEncoding }),
    ...(pairPattern === undefined ? {} : { pairPattern }),
  };
  return client.runJob<ImportJob>(
    'imports.start',
    input,
    ({ bytesDone, bytesTotal, records }) =>
      `${Math.floor((100 * bytesDone) / Math.max(1, bytesTotal))} %, ${records.toLocaleString('en')} records`,
  );
}

async function standardInput(client: CommandClient): Promise<string> {
  let uploadId: string | null = null;
  const hand = async (part: Buffer) => {
    const input = { uploadId, name: 'standard input', data: part.toString('base64') };
    ({ uploadId } = await client.call('host.receiveFile', input));
  };
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of createReadStream('', { fd: 0, autoClose: false }) as AsyncIterable<Buffer>) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < PART_BYTES) continue;
    await hand(Buffer.concat(waiting));
    [waiting, bytes] = [[], 0];
  }
  if (bytes > 0 || uploadId === null) await hand(Buffer.concat(waiting));
  return uploadId ?? '';
}
