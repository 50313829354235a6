/** `touchstone backup [FILE]`: a whole and checked copy of a store, also while it is open. */
import { resolve } from 'node:path';
import { systemClock } from '../../../core/ports/system-ports.ts';
import { copyVerified, makeBackup } from '../../../core/store/engine/backup.ts';
import { withApp } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

export function backupCommand(
  file: string | undefined,
  json: boolean,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(
    storePath,
    async (_client, { context: { store } }) => {
      let path: string;
      if (file === undefined) path = await makeBackup(store, systemClock.nowMs());
      else {
        path = resolve(file);
        await copyVerified(store, path);
      }
      terminal.print(
        json
          ? JSON.stringify({ path })
          : `${path} is a whole copy of ${store.readOnlyOf ?? store.path}, every page of it checked. Open it with --store, or copy it back.`,
      );
      return EXIT.fine;
    },
    { mayBeVendor: true },
  );
}
