import { useEffect, useEffectEvent } from 'react';
import { collectFiles } from './folder-files.ts';

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

/** What is dropped is known while its event is handled, and not after: so everything is asked for at once. */
async function droppedFiles({ items, files }: DataTransfer): Promise<Dropped> {
  const plain = [...files];
  const entries = [...items].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found: File[] = [];
  for (const entry of entries) if (entry !== null) await collectFiles(entry, 0, found);
  return found;
}
