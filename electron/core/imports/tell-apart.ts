import { basename } from 'node:path';
import type { ImportFile } from './import-source.ts';

const MOST_FOLDERS = 8;

/**
 * Files that have the same name, each under a name of its own: with as many folders as it takes, or numbered where the folders
 * say nothing, as of files that came through a window.
 */
export function tellApart(files: readonly ImportFile[]): ImportFile[] {
  const groups = new Map<string, ImportFile[]>();
  for (const file of files) groups.set(file.name, [...(groups.get(file.name) ?? []), file]);
  const seen = new Map<string, number>();
  return files.map((file) => {
    const alike = groups.get(file.name) ?? [];
    if (alike.length === 1) return file;
    const number = (seen.get(file.name) ?? 0) + 1;
    seen.set(file.name, number);
    const folders = distinctFolders(alike);
    const name =
      folders === null ? (number === 1 ? file.name : `${file.name} (${number})`) : lastParts(file, folders);
    return { ...file, name, baseName: file.baseName ?? file.name };
  });
}

/** With how many folders before their name files are told apart; null where no number does it. */
function distinctFolders(alike: readonly ImportFile[]): number | null {
  if (alike.some(({ name, path }) => basename(path) !== name)) return null;
  for (let folders = 1; folders <= MOST_FOLDERS; folders++)
    if (new Set(alike.map((file) => lastParts(file, folders))).size === alike.length) return folders;
  return null;
}

function lastParts({ path }: ImportFile, folders: number): string {
  return path
    .split(/[\\/]/u)
    .slice(-folders - 1)
    .join('/');
}
