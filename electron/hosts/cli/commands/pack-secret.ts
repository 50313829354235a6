import { readFileSync } from 'node:fs';
import { ServiceError } from '../../../../shared/errors/errors.ts';

/** What opens a pack, from a file or standard input (`-`), else from TOUCHSTONE_PACK_SECRET; never from the command line. */
export function secretFrom(file: string | undefined): string {
  if (file === undefined) return process.env.TOUCHSTONE_PACK_SECRET ?? '';
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/u, '');
  } catch (error) {
    throw new ServiceError('invalid_input', `${file}: cannot be read (${(error as Error).message}).`);
  }
}
