import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ImportFile } from './import-source.ts';

/** An error that names the file, and line and field where there are some. */
export function fileProblem(
  file: ImportFile,
  line: number | null,
  reason: string,
  field?: string,
): ServiceError {
  const places = [
    file.name,
    ...(line === null ? [] : [`line ${line}`]),
    ...(field === undefined ? [] : [field]),
  ];
  const where = places.join(', ');
  return new ServiceError('import_failed', `${where}: ${reason}. Nothing was imported.`, {
    errors: [{ file: file.name, line: line ?? 0, field: field ?? '(file)', reason }],
    errorCount: 1,
  });
}
