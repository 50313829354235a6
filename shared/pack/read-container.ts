/** Reads a pack's container, which anybody may have made, within every bound that a pack keeps. */
import { configure, type FileEntry, type Reader, Writer, ZipReader } from '@zip.js/zip.js/index-native.js';
import { ServiceError } from '../errors/errors.ts';
import type { ErrorMessage } from '../errors/messages.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { readBy } from '../json/read-by-schema.ts';
import {
  END_RECORD_LENGTH,
  endProblem,
  MANIFEST_NAME,
  MOST_MANIFEST_BYTES,
  MOST_PACK_BYTES,
  MOST_PACK_LINE,
  MOST_RATIO,
  readComment,
  signedMessage,
} from './container.ts';
import {
  MOST_RATERS,
  manifestProblem,
  PACK_VERSION,
  type PackManifest,
  packManifestSchema,
} from './pack-manifest.ts';
import type { VerifySignature } from './signing.ts';
import { strictText } from './strict-text.ts';

configure({ useWebWorkers: false });

/** Texts, examples, practice, the manifest, and one list a rater. */
const MOST_ENTRIES = MOST_RATERS + 4;

const LINE_FEED = 10;

/** A hash that takes bytes as they come. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** As lower-case hexadecimal digits. */
  hex(): string;
}

/** The bytes of a container, wherever they are. */
export interface ContainerSource {
  /** Of the file, for messages; null where it is the page itself. */
  readonly name: string | null;
  readonly reader: Reader<unknown>;
  /** The end record and the comment. */
  readonly end: Uint8Array;
  /** SHA-256 of every byte before the comment. */
  signedSha256(): Promise<string>;
  newHash(): RunningHash;
  readonly verify: VerifySignature;
}

export interface Container {
  /** Of the file, for messages; null where it is the page itself. */
  readonly name: string | null;
  readonly manifest: PackManifest;
  readonly manifestText: string;
  readonly publicKey: string;
  /** Hands out the lines of a file of the pack, from 1 on. Its size and hash are checked at its end. */
  readLines(name: string, take: (text: string, line: number) => void): Promise<void>;
}

/**
 * Verifies the signature over every byte, then the manifest. Nothing of a pack is handed out before.
 *
 * @throws ServiceError `import_failed` naming the file, and where it can be told the part and line, at fault
 */
export async function readContainer(source: ContainerSource): Promise<Container> {
  const { name } = source;
  const ending = endProblem(source.end, { entries: MOST_ENTRIES });
  if (ending !== null) throw containerProblem(name, ending);
  const comment = Array.from(source.end.subarray(END_RECORD_LENGTH), (byte) =>
    String.fromCharCode(byte),
  ).join('');
  const signature = readComment(comment);
  if (signature === null) throw containerProblem(name, { key: 'pack.unsigned' });
  const message = signedMessage(await source.signedSha256());
  const isSigned = source.verify(signature.publicKey, message, signature.signature);
  const files = new ContainerFiles(source, await entriesOf(source));
  const manifestText = await files.manifestText();
  if (!isSigned) throw await files.findAlteredPart(manifestText);
  const manifest = files.manifest(manifestText);
  return {
    name,
    manifest,
    manifestText,
    publicKey: signature.publicKey,
    readLines: (wanted, take) => files.readLines(manifest, wanted, take),
  };
}

/** @param name of the file; null where it is the page that says it */
export function containerProblem(name: string | null, reason: ErrorMessage): ServiceError {
  return new ServiceError(
    'import_failed',
    name === null
      ? { key: 'pack.refused_here', values: { reason } }
      : { key: 'pack.refused', values: { name, reason } },
  );
}

async function entriesOf({ reader, name }: ContainerSource): Promise<Map<string, FileEntry>> {
  const zip = new ZipReader(reader, { strictness: 'strict', checkOverlappingEntry: true });
  const entries = new Map<string, FileEntry>();
  let bytes = 0;
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entries.size >= MOST_ENTRIES) throw containerProblem(name, { key: 'pack.too_many_files' });
      if (entry.directory || !/^[a-z][a-z0-9.-]{0,50}$/u.test(entry.filename))
        throw containerProblem(name, {
          key: 'pack.name_not_a_packs',
          values: { file: entry.filename.slice(0, 80) },
        });
      if (entries.has(entry.filename))
        throw containerProblem(name, { key: 'pack.file_twice', values: { file: entry.filename } });
      if (!isPlainFile(entry))
        throw containerProblem(name, { key: 'pack.not_a_file', values: { file: entry.filename } });
      if (entry.encrypted || entry.zip64 || ![0, 8].includes(entry.compressionMethod))
        throw containerProblem(name, { key: 'pack.file_packed_otherwise', values: { file: entry.filename } });
      bytes += entry.uncompressedSize;
      if (
        bytes > MOST_PACK_BYTES ||
        entry.uncompressedSize > MOST_RATIO * Math.max(1024, entry.compressedSize)
      )
        throw containerProblem(name, { key: 'pack.file_too_large', values: { file: entry.filename } });
      entries.set(entry.filename, entry);
    }
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw containerProblem(name, { key: 'pack.not_whole' });
  }
  return entries;
}

/** By the file type that stands in the high half of a record's attributes; none at all stands for a file, too. */
function isPlainFile({ externalFileAttributes }: FileEntry): boolean {
  const type = (externalFileAttributes >>> 28) & 0xf;
  return type === 0 || type === 8;
}

class ContainerFiles {
  readonly #source: ContainerSource;
  readonly #entries: ReadonlyMap<string, FileEntry>;

  constructor(source: ContainerSource, entries: ReadonlyMap<string, FileEntry>) {
    this.#source = source;
    this.#entries = entries;
  }

  async manifestText(): Promise<string> {
    const entry = this.#entries.get(MANIFEST_NAME);
    if (entry === undefined) throw this.#problem({ key: 'pack.manifest_missing' });
    if (entry.uncompressedSize > MOST_MANIFEST_BYTES) throw this.#problem({ key: 'pack.manifest_too_large' });
    const parts: Uint8Array[] = [];
    await this.#unpack(entry, MOST_MANIFEST_BYTES, (chunk) => parts.push(chunk.slice()));
    const text = strictText(joinBytes(parts));
    if (text === null) throw this.#problem({ key: 'pack.manifest_not_text' });
    return text;
  }

  manifest(text: string): PackManifest {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.#problem({ key: 'pack.manifest_not_json' });
    }
    const version =
      value !== null && typeof value === 'object' && 'touchpack' in value ? value.touchpack : undefined;
    if (typeof version === 'number' && version > PACK_VERSION)
      throw this.#problem({ key: 'pack.newer', values: { version } });
    const parsed = readBy(packManifestSchema, value);
    if (!parsed.ok) {
      const [first] = parsed.problems;
      throw this.#problem({
        key: 'pack.manifest_field',
        values: { field: first?.field ?? '', reason: first?.reason ?? '' },
      });
    }
    const manifest = parsed.value;
    const contradiction = manifestProblem(manifest);
    if (contradiction !== null)
      throw this.#problem({ key: 'pack.manifest_contradicts', values: { reason: contradiction } });
    if (canonicalJson(manifest) !== text) throw this.#problem({ key: 'pack.manifest_not_canonical' });
    const named = new Set([MANIFEST_NAME, ...manifest.files.map((file) => file.name)]);
    for (const each of named)
      if (!this.#entries.has(each)) throw this.#problem({ key: 'pack.file_missing', values: { file: each } });
    for (const each of this.#entries.keys())
      if (!named.has(each)) throw this.#problem({ key: 'pack.file_unnamed', values: { file: each } });
    return manifest;
  }

  /** Which part of a pack is not what was signed, as far as that can be told. */
  async findAlteredPart(manifestText: string): Promise<ServiceError> {
    let manifest: PackManifest;
    try {
      manifest = this.manifest(manifestText);
    } catch {
      return this.#problem({ key: 'pack.altered_file', values: { file: MANIFEST_NAME } });
    }
    for (const { name } of manifest.files) {
      try {
        await this.readLines(manifest, name, () => undefined);
      } catch (error) {
        if (error instanceof ServiceError)
          return this.#problem({ key: 'pack.altered_file', values: { file: name } });
        throw error;
      }
    }
    return this.#problem({ key: 'pack.altered_somewhere' });
  }

  async readLines(
    manifest: PackManifest,
    wanted: string,
    take: (text: string, line: number) => void,
  ): Promise<void> {
    const entry = this.#entries.get(wanted);
    const file = manifest.files.find((each) => each.name === wanted);
    if (entry === undefined || file === undefined)
      throw this.#problem({ key: 'pack.file_missing', values: { file: wanted } });
    const hash = this.#source.newHash();
    let [bytes, line, restBytes] = [0, 0, 0];
    let rest: Uint8Array[] = [];
    await this.#unpack(entry, file.bytes, (chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
      let from = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
        rest.push(chunk.subarray(from, end));
        line++;
        const text = strictText(joinBytes(rest));
        if (text === null) throw this.#problem({ key: 'pack.line_not_text', values: { file: wanted, line } });
        take(text, line);
        [rest, restBytes] = [[], 0];
        from = end + 1;
      }
      if (from < chunk.length) rest.push(chunk.slice(from));
      restBytes += chunk.length - from;
      if (restBytes > 4 * MOST_PACK_LINE)
        throw this.#problem({ key: 'pack.line_too_long', values: { file: wanted, line: line + 1 } });
    });
    if (rest.length > 0)
      throw this.#problem({ key: 'pack.file_cut_off', values: { file: wanted, line: line + 1 } });
    if (bytes !== file.bytes || line !== file.rows || hash.hex() !== file.sha256)
      throw this.#problem({ key: 'pack.file_not_as_named', values: { file: wanted } });
  }

  async #unpack(entry: FileEntry, most: number, take: (chunk: Uint8Array) => void): Promise<void> {
    let bytes = 0;
    const sink = new ChunkWriter((chunk) => {
      bytes += chunk.length;
      if (bytes > most)
        throw this.#problem({ key: 'pack.file_unpacks_to_more', values: { file: entry.filename } });
      take(chunk);
    });
    try {
      await entry.getData(sink, { checkSignature: true });
    } catch (error) {
      if (sink.failure !== null) throw sink.failure;
      if (error instanceof ServiceError) throw error;
      throw this.#problem({
        key: 'pack.file_unpacks_not',
        values: { file: entry.filename },
      });
    }
  }

  #problem(reason: ErrorMessage): ServiceError {
    return containerProblem(this.#source.name, reason);
  }
}

/** Hands bytes on as they are unpacked. */
class ChunkWriter extends Writer<void> {
  readonly #take: (chunk: Uint8Array) => void;
  /** What the taker threw, which an archive library may wrap or replace. */
  failure: unknown = null;

  constructor(take: (chunk: Uint8Array) => void) {
    super();
    this.#take = take;
  }

  override async writeUint8Array(chunk: Uint8Array): Promise<void> {
    try {
      this.#take(chunk);
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  override async getData(): Promise<void> {}
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
