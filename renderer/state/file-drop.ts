import { useEffect } from 'react';
import type { PickedFile } from '../../shared/contract/host-methods.ts';
import { uploadFile } from '../api/host.ts';

/** Takes files that are dropped anywhere on the window and whose name ends so; others are left to fall. */
export function useFileDrop(ending: string, onFiles: (files: readonly PickedFile[]) => void): void {
  useEffect(() => {
    const allow = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const take = async (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])].filter(({ name }) =>
        name.toLowerCase().endsWith(ending),
      );
      if (files.length === 0) return;
      event.preventDefault();
      const taken: PickedFile[] = [];
      for (const file of files) {
        const reply = await uploadFile(file);
        if (reply.ok) taken.push(reply.value);
      }
      if (taken.length > 0) onFiles(taken);
    };
    const drop = (event: DragEvent) => void take(event);
    window.addEventListener('dragover', allow);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', allow);
      window.removeEventListener('drop', drop);
    };
  }, [ending, onFiles]);
}
