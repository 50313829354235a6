/** A pack taken apart: what a vendor with the secret can read, in every encoding it may stand in. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js/index-native.js';
import { decryptFile } from '../../electron/core/packs/age-layer.ts';

/** The container inside the encryption. */
export async function containerOf(packPath: string, identity: string): Promise<Buffer> {
  const path = join(mkdtempSync(join(tmpdir(), 'touchstone-test-')), 'container.zip');
  await decryptFile(packPath, path, identity, 'pack');
  return readFileSync(path);
}

/** The files of a container by name. */
export async function filesOf(container: Uint8Array): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await new ZipReader(new Uint8ArrayReader(container)).getEntries()) {
    if (entry.directory) continue;
    files.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString('utf8'));
  }
  return files;
}

/** A text and whatever base64, hexadecimal and escaped spellings in it stand for, lower-cased. */
export function readings(text: string): string {
  const parts = [text, text.normalize('NFKD')];
  for (const [encoded] of text.matchAll(/[A-Za-z0-9+/_-]{12,}={0,2}/gu)) {
    for (const shift of [0, 1, 2, 3])
      parts.push(
        Buffer.from(encoded.slice(shift).replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString(
          'latin1',
        ),
      );
    if (/^[0-9a-f]+$/u.test(encoded)) parts.push(Buffer.from(encoded, 'hex').toString('latin1'));
  }
  parts.push(
    text.replaceAll(/\\u([0-9a-f]{4})/gu, (_all, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    ),
  );
  try {
    parts.push(decodeURIComponent(text));
  } catch {
    // Not everything is an address.
  }
  return parts.join('\n').toLowerCase();
}
