import { useEffect, useEffectEvent } from 'react';

/** What was dropped: files, also those of folders. */
export type Dropped = readonly File[];

/** Whether a browser would put what is dropped here into a field. Anywhere else it would leave the page for the file. */
function isForField({ target }: DragEvent): boolean {
  return target instanceof HTMLInputElement && target.type === 'file';
}

/** Takes files and folders that are dropped anywhere on the window. No file leads away from the page. */
export function useFileDrop(onDrop: (files: Dropped) => void): void {
  const drop = useEffectEvent(onDrop);
  useEffect(() => {
    const allow = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true && !isForField(event)) event.preventDefault();
    };
    const listen = (event: DragEvent) => {
      if (isForField(event)) return;
      event.preventDefault();
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      void droppedFiles(event.dataTransfer).then((files) => drop(files));
    };
    window.addEventListener('dragover', allow);
    window.addEventListener('drop', listen);
    return () => {
      window.removeEventListener('dragover', allow);
      window.removeEventListener('drop', listen);
    };
  }, []);
}

const MOST_FOLDERS_DEEP = 6;
const MOST_FILES = 2000;

/** What is dropped is known while its event is handled, and not after: so everything is asked for at once. */
async function droppedFiles({ items, files }: DataTransfer): Promise<Dropped> {
  const plain = [...files];
  const entries = [...items].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found: File[] = [];
  for (const entry of entries) if (entry !== null) await collect(entry, 0, found);
  return found;
}

/** Files of a folder and of those in it; what systems lay beside them, hidden, is none of anybody's. */
async function collect(entry: FileSystemEntry, depth: number, found: File[]): Promise<void> {
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
    for (const each of some) await collect(each, depth + 1, found);
  }
}
