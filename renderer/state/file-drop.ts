import { useEffect } from 'react';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { PickedFile } from '../../shared/contract/host-methods.ts';
import { uploadFile } from '../api/host.ts';

/** Whether a browser would put what is dropped here into a field. Anywhere else it would leave the page for the file. */
function isForField({ target }: DragEvent): boolean {
  return target instanceof HTMLInputElement && target.type === 'file';
}

/**
 * Takes files that are dropped anywhere on the window, by their names. No other file leads away from the page.
 *
 * @param takes the same function every time
 */
export function useFileDrop(
  takes: (name: string) => boolean,
  onFiles: (files: readonly PickedFile[]) => void,
  onProblem: (failure: Failure) => void,
): void {
  useEffect(() => {
    const allow = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true && !isForField(event)) event.preventDefault();
    };
    const take = async (files: readonly File[]) => {
      const taken: PickedFile[] = [];
      for (const file of files) {
        const reply = await uploadFile(file);
        if (reply.ok) taken.push(reply.value);
        else onProblem(reply.error);
      }
      if (taken.length > 0) onFiles(taken);
    };
    const drop = (event: DragEvent) => {
      if (isForField(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      void take(files.filter(({ name }) => takes(name.toLowerCase())));
    };
    window.addEventListener('dragover', allow);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', allow);
      window.removeEventListener('drop', drop);
    };
  }, [takes, onFiles, onProblem]);
}
