/** What a ZIP archive is that is no log of Inspect. */
import { open } from 'node:fs/promises';
import { configure, ZipReader } from '@zip.js/zip.js/index-native.js';
import { FileReader } from '../files/file-reader.ts';

configure({ useWebWorkers: false });

const MOST_LOOKED_AT = 2000;
const MOST_LISTED = 5;

/** Null for a log, and for an archive that cannot be looked into: its reader says what is wrong. */
export async function archiveKind(path: string, name: string): Promise<string | null> {
  if (/\.eval$/iu.test(name)) return null;
  const names: string[] = [];
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    for await (const { filename } of new ZipReader(new FileReader(handle, size)).getEntriesGenerator()) {
      if (filename === 'header.json' || filename === '_journal/start.json') return null;
      names.push(filename);
      if (names.length >= MOST_LOOKED_AT) break;
    }
  } catch {
    return null;
  } finally {
    await handle.close();
  }
  if (names.includes('[Content_Types].xml'))
    return names.some((name) => name.startsWith('xl/'))
      ? 'is an Excel workbook: save its sheet as CSV (UTF-8)'
      : 'is an Office document, not data';
  if (names.includes('mimetype') && names.includes('content.xml'))
    return 'is an OpenDocument file: save its sheet as CSV (UTF-8)';
  const listed = names.slice(0, MOST_LISTED).map((name) => JSON.stringify(name.slice(0, 100)));
  return `is a ZIP archive: unpack it and import what it holds (${listed.join(', ')}${names.length > MOST_LISTED ? ' …' : ''})`;
}
