import { join } from 'node:path';
import { main } from '../../electron/hosts/cli/main.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The command line through its own entry over a store of its own, with a terminal that keeps what was said. */
export function commandLine() {
  const folder = temporaryFolder();
  const store = join(folder, 'store.sqlite');
  const line = {
    folder,
    store,
    /** Runs a command; what it reads of standard input is `input`. */
    runWith: async (input: string, ...args: string[]) => {
      const printed: string[] = [];
      const complained: string[] = [];
      const terminal = {
        print: (text: string) => void printed.push(text),
        complain: (text: string) => void complained.push(text),
        progress: () => undefined,
        input: () => input,
      };
      const code = await main(['node', 'touchstone', ...args], terminal);
      return { code, out: printed.join('\n'), complaint: complained.join('\n') };
    },
  };
  return { ...line, run: (...args: string[]) => line.runWith('', ...args) };
}
