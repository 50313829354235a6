import { ServiceError } from '../../../../shared/errors/errors.ts';

/** Turns what SQLite throws into the contract's codes; anything else is returned as it was. */
export function translateStoreError(error: unknown, storePath: string): unknown {
  if (error instanceof ServiceError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') {
    return new ServiceError('store_busy', { key: 'store.busy' });
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new ServiceError('store_damaged', {
      key: 'store.damaged',
      values: { path: storePath, problem: (error as Error).message },
    });
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_IOERR')
  ) {
    return new ServiceError('store_unavailable', {
      key: 'store.unusable',
      values: { path: storePath, problem: (error as Error).message },
    });
  }
  if (code === 'SQLITE_FULL') {
    return new ServiceError('store_unavailable', { key: 'store.disk_full', values: { path: storePath } });
  }
  return error;
}
