import { join } from 'node:path';
import { main } from '../../electron/hosts/cli/main.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The command line through its own entry over a store of its own, with a terminal that keeps what was said. */
export function commandLine() {
  const folder = temporaryFolder();
  const store = join(folder, 'store.sqlite');
  return {
    folder,
    store,
    run: async (...args: string[]) => {
      const printed: string[] = [];
      const complained: string[] = [];
      const terminal = {
        print: (text: string) => printed.push(text),
        complain: (text: string) => complained.push(text),
        progress: () => undefined,
      };
      const code = await main(['node', 'touchstone', ...args], terminal as never);
      return { code, out: printed.join('\n'), complaint: complained.join('\n') };
    },
  };
}
