import type { Dialog } from 'electron';
import type { Dialogs } from '../../core/ports/ports.ts';

/** The host's file and folder dialogs. They open where the last one was left. */
export function desktopDialogs(dialog: Pick<Dialog, 'showOpenDialog'>): Dialogs {
  let lastFolder: string | undefined;
  const place = () => (lastFolder === undefined ? {} : { defaultPath: lastFolder });
  return {
    pickFiles: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        ...place(),
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: 'Comparisons', extensions: ['jsonl', 'json', 'ndjson', 'csv', 'tsv', 'parquet', 'eval'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      lastFolder = filePaths[0] ?? lastFolder;
      return canceled ? [] : filePaths;
    },
    pickFolder: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        ...place(),
        properties: ['openDirectory', 'createDirectory'],
      });
      const folder = canceled ? undefined : filePaths[0];
      lastFolder = folder ?? lastFolder;
      return folder ?? null;
    },
  };
}
