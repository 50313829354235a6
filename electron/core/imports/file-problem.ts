import { ServiceError } from '../../../shared/errors/errors.ts';
import type { ImportFile } from './import-source.ts';

/**
 * A file that holds nothing to import, and is none that was meant to: empty, or what a tool writes beside its records. Among
 * others it is named and passed over; alone it is an error.
 */
export function nothingInFile(file: ImportFile, reason: string): ServiceError {
  const { code, said, details } = fileProblem(file, null, reason);
  return new ServiceError(code, said, { ...details, isNothing: true });
}

/** The reason of {@link nothingInFile}; null for any other error. */
export function reasonOfNothing({ details }: ServiceError): string | null {
  const { isNothing, errors } = (details ?? {}) as {
    readonly isNothing?: true;
    readonly errors?: readonly { readonly reason: string }[];
  };
  return isNothing === true ? (errors?.[0]?.reason ?? null) : null;
}

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
  const place = places.join(', ');
  return new ServiceError(
    'import_failed',
    { key: 'import.problem', values: { place, reason } },
    {
      errors: [{ file: file.name, line: line ?? 0, field: field ?? '(file)', reason }],
      errorCount: 1,
    },
  );
}
