/** The files of a folder, dropped or chosen. What systems lay beside them, hidden, is none of anybody's. */

const MOST_FOLDERS_DEEP = 6;
const MOST_FILES = 2000;

/** Of all that a browser found in a chosen folder, what would be taken were it dropped. */
export function filesOfFolder(files: readonly File[]): File[] {
  return files
    .filter(({ webkitRelativePath }) => {
      const names = webkitRelativePath.split('/');
      return names.length <= MOST_FOLDERS_DEEP + 1 && !names.some((name) => name.startsWith('.'));
    })
    .slice(0, MOST_FILES);
}

/** Files of a dropped folder and of those in it. */
export async function collectFiles(entry: FileSystemEntry, depth: number, found: File[]): Promise<void> {
  if (found.length >= MOST_FILES || depth > MOST_FOLDERS_DEEP || entry.name.startsWith('.')) return;
  if (entry.isFile) {
    found.push(
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    );
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A browser hands over some at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const each of some) await collectFiles(each, depth + 1, found);
  }
}
