/** A calibration set that somebody packed as a ZIP archive: by itself, or in one folder. */
import { createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { configure, type FileEntry, ZipReader } from '@zip.js/zip.js/index-native.js';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { FileReader } from '../files/file-reader.ts';
import { type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { isOfCalibrationSet, MANIFEST_NAME } from './calibration-set.ts';
import { fileProblem } from './file-problem.ts';
import type { ImportFile } from './import-source.ts';
import { decoderReason } from './reason-of.ts';

configure({ useWebWorkers: false });

const MOST_ENTRIES = 2000;
const MOST_BYTES = 16 * 1024 ** 3;
/** A file unpacks to at most so many times its size, once it is larger than what is harmless in any case. */
const MOST_RATIO = 200;
const HARMLESS_BYTES = 64 * 1024 ** 2;

/**
 * Unpacks the archive into a folder of its own, and gives the manifest in it; null where it holds no calibration set.
 *
 * @throws ServiceError `import_failed` for a set that cannot be unpacked, or unpacks to more than is taken
 */
export async function unpackSet(
  file: ImportFile,
  path: string,
  folder: string,
  controls: Pick<TaskControls, 'isCancelled'>,
): Promise<ImportFile | null> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const members = await membersOf(new FileReader(handle, size));
    if (members === null) return null;
    await mkdir(folder, { mode: 0o700 });
    for (const [name, entry] of members) {
      throwIfCancelled(controls);
      await unpack(file, entry, join(folder, name));
    }
    return {
      path: join(folder, MANIFEST_NAME),
      name: MANIFEST_NAME,
      givenName: file.name,
      originalPath: file.originalPath ?? file.path,
      baseName: MANIFEST_NAME,
    };
  } finally {
    await handle.close();
  }
}

/** What of an archive is in the folder of its only manifest, by plain names of files. */
async function membersOf(reader: FileReader): Promise<ReadonlyMap<string, FileEntry> | null> {
  const entries: FileEntry[] = [];
  try {
    for await (const entry of new ZipReader(reader, { checkOverlappingEntry: true }).getEntriesGenerator()) {
      if (entries.length >= MOST_ENTRIES) return null;
      if (!entry.directory) entries.push(entry);
    }
  } catch {
    return null;
  }
  const manifests = entries.filter(({ filename }) => /^(?:[^/\\]+\/)?manifest\.json$/u.test(filename));
  const [manifest, ...others] = manifests;
  if (manifest === undefined || others.length > 0) return null;
  const before = manifest.filename.slice(0, -MANIFEST_NAME.length);
  const members = new Map<string, FileEntry>();
  for (const entry of entries) {
    const name = entry.filename.startsWith(before) ? entry.filename.slice(before.length) : '';
    if (name !== MANIFEST_NAME && !isOfCalibrationSet(name)) continue;
    if (members.has(name)) return null;
    members.set(name, entry);
  }
  return members;
}

async function unpack(file: ImportFile, entry: FileEntry, path: string): Promise<void> {
  if (entry.encrypted) throw fileProblem(file, null, `${quotedName(entry)} in it is encrypted`);
  const most = Math.min(MOST_BYTES, Math.max(HARMLESS_BYTES, entry.compressedSize * MOST_RATIO));
  let bytes = 0;
  const out = createWriteStream(path, { mode: 0o600, flags: 'wx' });
  const into = Writable.toWeb(out) as WritableStream<Uint8Array>;
  const bounded = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > most)
        throw fileProblem(file, null, `${quotedName(entry)} in it unpacks to more than is taken`);
      controller.enqueue(chunk);
    },
  });
  const written = bounded.readable.pipeTo(into);
  written.catch(() => undefined);
  try {
    await entry.getData(bounded.writable, { checkSignature: true });
    await written;
  } catch (error) {
    await written.catch(() => undefined);
    if (error instanceof ServiceError) throw error;
    throw fileProblem(file, null, `${quotedName(entry)} in it cannot be unpacked (${decoderReason(error)})`);
  }
}

function quotedName({ filename }: FileEntry): string {
  return JSON.stringify(filename.slice(0, 200));
}
