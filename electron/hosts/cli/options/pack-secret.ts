import type { Terminal } from '../terminal/terminal.ts';
import { option } from './option.ts';
import { readTextFile } from './text-file.ts';

export function secretOption() {
  return option(
    '--secret-file <file>',
    'a file with the passphrase or age identity, - for standard input (else TOUCHSTONE_PACK_SECRET)',
  );
}

/** What opens a pack, from a file or standard input (`-`), else from TOUCHSTONE_PACK_SECRET; never from the command line. */
export function secretFrom(file: string | undefined, terminal: Terminal): string {
  if (file === undefined) return process.env.TOUCHSTONE_PACK_SECRET ?? '';
  return (file === '-' ? terminal.input() : readTextFile(file)).replace(/\r?\n$/u, '');
}
