import { useEffect, useEffectEvent } from 'react';

/** Whether a browser would put what is dropped here into a field. Anywhere else it would leave the page for the file. */
function isForField({ target }: DragEvent): boolean {
  return target instanceof HTMLInputElement && target.type === 'file';
}

/** Takes files that are dropped anywhere on the window, by their names. No other file leads away from the page. */
export function useFileDrop(
  takes: (name: string) => boolean,
  onFiles: (files: readonly File[]) => void,
): void {
  const drop = useEffectEvent((event: DragEvent) => {
    if (isForField(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])].filter(({ name }) => takes(name.toLowerCase()));
    if (files.length > 0) onFiles(files);
  });
  useEffect(() => {
    const allow = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true && !isForField(event)) event.preventDefault();
    };
    const listen = (event: DragEvent) => drop(event);
    window.addEventListener('dragover', allow);
    window.addEventListener('drop', listen);
    return () => {
      window.removeEventListener('dragover', allow);
      window.removeEventListener('drop', listen);
    };
  }, []);
}
