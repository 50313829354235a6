import { ServiceError } from '../../../shared/errors/errors.ts';

/** What the system says when no more goes onto a disk. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What it says where a file cannot be written at all. */
const CLOSED: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
  'ENAMETOOLONG',
  'EBUSY',
  'ELOOP',
  'EXDEV',
  'EMFILE',
]);

/** What the disk said about a write, as a sentence with a code of the contract; any other error is returned as it was. */
export function diskProblem(error: unknown, path: string): unknown {
  if (error instanceof ServiceError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (FULL.has(code))
    return new ServiceError('store_unavailable', { key: 'disk.full', values: { path, code } });
  if (CLOSED.has(code))
    return new ServiceError('invalid_input', { key: 'disk.closed', values: { path, code } });
  return error;
}
