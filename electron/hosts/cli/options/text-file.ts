import { readFileSync } from 'node:fs';
import { ServiceError } from '../../../../shared/errors/errors.ts';

/**
 * Reads a file of text that a command names.
 *
 * @throws ServiceError `invalid_input` naming the file
 */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ServiceError('invalid_input', {
      key: 'terminal.file_unreadable',
      values: { file, problem: (error as Error).message },
    });
  }
}
