import { statSync } from 'node:fs';
import { ServiceError } from '../../../shared/errors/errors.ts';

/**
 * Bytes of a file that somebody named.
 *
 * @throws ServiceError `import_failed` naming the file where there is none that can be read
 */
export function readableBytes({ path, name }: { readonly path: string; readonly name: string }): number {
  try {
    const found = statSync(path);
    if (found.isFile()) return found.size;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ServiceError('import_failed', { key: 'file.unreadable', values: { name, code: String(code) } });
  }
  throw new ServiceError('import_failed', { key: 'file.not_ordinary', values: { name } });
}
