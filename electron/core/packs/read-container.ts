/** Opens a pack's container: a file that anybody may have made, read with every bound that a pack keeps. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { configure, type FileEntry, Reader, ZipReader } from '@zip.js/zip.js';
import { ServiceError } from '../../../shared/contract/errors.ts';
import { canonicalJson } from '../../../shared/formats/canonical-json.ts';
import { problemsOf } from '../../../shared/formats/native.ts';
import {
  COMMENT_LENGTH,
  END_RECORD_LENGTH,
  endProblem,
  MANIFEST_NAME,
  MOST_MANIFEST_BYTES,
  MOST_PACK_BYTES,
  MOST_RATIO,
  readComment,
  signedMessage,
} from '../../../shared/pack/container.ts';
import {
  MOST_RATERS,
  manifestProblem,
  type PackManifest,
  packManifestSchema,
} from '../../../shared/pack/pack-manifest.ts';
import { verifySignature } from './ed25519.ts';

configure({ useWebWorkers: false });

/** Texts, examples, practice, the manifest, and one list a rater. */
const MOST_ENTRIES = MOST_RATERS + 4;

const PATIENCE_CHUNK = 1024 * 1024;

export interface Container {
  readonly manifest: PackManifest;
  readonly manifestText: string;
  readonly publicKey: string;
  /** Streams a file of the pack; its size and hash are checked at its end. */
  lines(name: string): AsyncGenerator<{ readonly line: number; readonly text: string }>;
  close(): Promise<void>;
}

/**
 * Verifies the signature over every byte, then the manifest. Nothing of a pack is handed out before.
 *
 * @param name of the file, for messages
 * @throws ServiceError `import_failed` naming the file, and where it can be told the part and line, at fault
 */
export async function openContainer(path: string, name: string): Promise<Container> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const signature = await signatureOf(file, size, name);
    const zip = new ZipReader(new FileReader(file, size), {
      strictness: 'strict',
      checkOverlappingEntry: true,
    });
    const entries = await entriesOf(zip, name);
    const isSigned = await isSignedBy(path, size, signature);
    const manifestText = await manifestTextOf(entries, name);
    if (!isSigned) throw await altered(entries, manifestText, name);
    const manifest = manifestOf(manifestText, entries, name);
    return {
      manifest,
      manifestText,
      publicKey: signature.publicKey,
      lines: (wanted) => linesOf(entries, manifest, wanted, name),
      close: async () => {
        await zip.close();
        await file.close();
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Reads parts of an open file. */
class FileReader extends Reader<FileHandle> {
  readonly #file: FileHandle;

  constructor(file: FileHandle, size: number) {
    super(file);
    this.#file = file;
    this.size = size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - index));
    const buffer = new Uint8Array(wanted);
    const { bytesRead } = await this.#file.read(buffer, 0, wanted, index);
    return buffer.subarray(0, bytesRead);
  }
}

async function signatureOf(file: FileHandle, size: number, name: string) {
  const length = END_RECORD_LENGTH + COMMENT_LENGTH;
  if (size < length) throw problem(name, 'is no pack, or was cut off');
  const end = Buffer.alloc(length);
  await file.read(end, 0, length, size - length);
  const ending = endProblem(end, { entries: MOST_ENTRIES });
  if (ending !== null) throw problem(name, ending);
  const signature = readComment(end.subarray(END_RECORD_LENGTH).toString('latin1'));
  if (signature === null) throw problem(name, 'bears no signature of a pack');
  return signature;
}

async function isSignedBy(
  path: string,
  size: number,
  { publicKey, signature }: { readonly publicKey: string; readonly signature: string },
): Promise<boolean> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, {
    end: size - COMMENT_LENGTH - 1,
    highWaterMark: PATIENCE_CHUNK,
  }))
    hash.update(chunk as Buffer);
  return verifySignature(publicKey, signedMessage(hash.digest('hex')), signature);
}

async function entriesOf(zip: ZipReader<FileHandle>, name: string): Promise<Map<string, FileEntry>> {
  const entries = new Map<string, FileEntry>();
  let bytes = 0;
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entries.size >= MOST_ENTRIES) throw problem(name, 'has more files than a pack can have');
      if (entry.directory || !/^[a-z][a-z0-9.-]{0,50}$/u.test(entry.filename))
        throw problem(
          name,
          `holds something under the name “${entry.filename.slice(0, 80)}”, which no pack has`,
        );
      if (entries.has(entry.filename)) throw problem(name, `holds two files named ${entry.filename}`);
      if (entry.encrypted || entry.zip64 || ![0, 8].includes(entry.compressionMethod))
        throw problem(name, `${entry.filename} is packed in a way no pack is`);
      bytes += entry.uncompressedSize;
      if (
        bytes > MOST_PACK_BYTES ||
        entry.uncompressedSize > MOST_RATIO * Math.max(1024, entry.compressedSize)
      )
        throw problem(name, `${entry.filename} would unpack to more than a pack can hold`);
      entries.set(entry.filename, entry);
    }
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw problem(name, `is no whole pack (${reasonOf(error)})`);
  }
  return entries;
}

async function manifestTextOf(entries: Map<string, FileEntry>, name: string): Promise<string> {
  const entry = entries.get(MANIFEST_NAME);
  if (entry === undefined) throw problem(name, 'has no manifest.json');
  if (entry.uncompressedSize > MOST_MANIFEST_BYTES) throw problem(name, 'manifest.json is too large');
  const parts: Uint8Array[] = [];
  for await (const chunk of unpacked(entry, MOST_MANIFEST_BYTES, name)) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}

function manifestOf(text: string, entries: Map<string, FileEntry>, name: string): PackManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem(name, 'manifest.json is not valid JSON');
  }
  const version =
    value !== null && typeof value === 'object' && 'touchpack' in value ? value.touchpack : undefined;
  if (typeof version === 'number' && version > 1)
    throw problem(name, `was made by a newer Touchstone (version ${version} of the format)`);
  const parsed = packManifestSchema.safeParse(value);
  if (!parsed.success) {
    const [first] = problemsOf(parsed.error, value);
    throw problem(name, `manifest.json: ${first?.field}: ${first?.reason}`);
  }
  const manifest = parsed.data;
  const contradiction = manifestProblem(manifest);
  if (contradiction !== null) throw problem(name, `manifest.json: ${contradiction}`);
  if (canonicalJson(manifest) !== text) throw problem(name, 'manifest.json is not in its canonical form');
  const named = new Set([MANIFEST_NAME, ...manifest.files.map((each) => each.name)]);
  for (const each of named) if (!entries.has(each)) throw problem(name, `${each} is missing`);
  for (const each of entries.keys()) if (!named.has(each)) throw problem(name, `${each} is named by nothing`);
  return manifest;
}

/** Which part of a pack is not what was signed, as far as that can be told. */
async function altered(
  entries: Map<string, FileEntry>,
  manifestText: string,
  name: string,
): Promise<ServiceError> {
  let manifest: PackManifest;
  try {
    manifest = manifestOf(manifestText, entries, name);
  } catch {
    return problem(name, 'was altered after signing: manifest.json is not what was signed');
  }
  for (const { name: wanted } of manifest.files) {
    try {
      for await (const _line of linesOf(entries, manifest, wanted, name));
    } catch (error) {
      if (error instanceof ServiceError)
        return problem(name, `was altered after signing: ${wanted} is not what was signed`);
      throw error;
    }
  }
  return problem(name, 'was altered after signing, in its manifest, its order or its signature');
}

async function* linesOf(
  entries: Map<string, FileEntry>,
  manifest: PackManifest,
  wanted: string,
  name: string,
): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  const entry = entries.get(wanted);
  const file = manifest.files.find((each) => each.name === wanted);
  if (entry === undefined || file === undefined) throw problem(name, `${wanted} is missing`);
  const hash = createHash('sha256');
  let [bytes, line] = [0, 0];
  let rest: Buffer[] = [];
  for await (const chunk of unpacked(entry, file.bytes, name)) {
    hash.update(chunk);
    bytes += chunk.length;
    let from = 0;
    for (let end = chunk.indexOf(10, from); end !== -1; end = chunk.indexOf(10, from)) {
      rest.push(Buffer.from(chunk.buffer, chunk.byteOffset + from, end - from));
      line++;
      yield { line, text: Buffer.concat(rest).toString('utf8') };
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(Buffer.from(chunk.subarray(from)));
  }
  if (rest.length > 0) throw problem(name, `${wanted}, line ${line + 1}: was cut off`);
  if (bytes !== file.bytes || line !== file.rows || hash.digest('hex') !== file.sha256)
    throw problem(name, `${wanted} is not the file that manifest.json names`);
}

async function* unpacked(entry: FileEntry, most: number, name: string): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  let failure: unknown = null;
  const stop = new AbortController();
  const unpacking = entry
    .getData(writable, { checkSignature: true, signal: stop.signal })
    .catch(async (error: unknown) => {
      failure = error;
      await writable.abort(error).catch(() => undefined);
    });
  let bytes = 0;
  const reader = readable.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      bytes += value.length;
      if (bytes > most) throw problem(name, `${entry.filename} unpacks to more than it says`);
      yield value;
    }
    await unpacking;
    if (failure !== null) throw failure;
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw problem(name, `${entry.filename} cannot be unpacked (${reasonOf(error)})`);
  } finally {
    stop.abort();
    await reader.cancel().catch(() => undefined);
  }
}

function problem(name: string, reason: string): ServiceError {
  return new ServiceError('import_failed', `${name}: ${reason}. Nothing was opened.`);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
