import { ServiceError } from '../../../shared/errors/errors.ts';
import type { Recognition } from '../../../shared/formats/harness/read/harness-formats.ts';
import { nothingInFile, reasonOfNothing } from './file-problem.ts';
import { type LookedInto, withFirstRecords } from './first-records.ts';
import type { InspectedFile } from './import-context.ts';
import type { ImportFile } from './import-source.ts';
import { inspectFile } from './inspect-file.ts';
import { RECORDS_LOOKED_AT } from './recognise-file.ts';

/**
 * Looks into all files before anything is read: those that are not understood are named first, and all of them. Files that hold
 * nothing are passed over where others hold something.
 *
 * @throws ServiceError `import_failed` with an error for each file that cannot be read, or is not understood
 */
export async function inspectFiles(
  files: readonly ImportFile[],
  recognise: (file: LookedInto) => Promise<Recognition | null>,
): Promise<{ readonly files: InspectedFile[]; readonly passedOver: readonly string[] }> {
  const inspected: InspectedFile[] = [];
  const refused: ServiceError[] = [];
  const empty: ServiceError[] = [];
  const passedOver: string[] = [];
  for (const file of files) {
    try {
      const layout = await inspectFile(file);
      const looked = withFirstRecords(file, layout, RECORDS_LOOKED_AT);
      if (files.length > 1 && file.mayBeEmpty !== true && (await isWithoutRecords(looked)))
        throw nothingInFile(file, 'holds no record');
      inspected.push({ ...file, layout, recognition: await recognise(looked), records: 0 });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'import_failed') throw error;
      const reason = reasonOfNothing(error);
      if (reason !== null) passedOver.push(`${file.name} ${reason}: nothing came of it.`);
      (reason === null ? refused : empty).push(error);
    }
  }
  if (inspected.length === 0) refused.push(...empty);
  const [first] = refused;
  if (first === undefined) return { files: inspected, passedOver };
  if (refused.length === 1) throw first;
  const errors = refused.flatMap(({ details }) => (Array.isArray(details?.errors) ? details.errors : []));
  const others = files.length - refused.length;
  throw new ServiceError(
    'import_failed',
    others === 0
      ? { key: 'import.files_unreadable', values: { files: refused.length, first: first.said } }
      : {
          key: 'import.some_files_unreadable',
          values: { files: refused.length, first: first.said, readable: others, all: files.length },
        },
    {
      errors,
      errorCount: errors.length,
    },
  );
}

async function isWithoutRecords(file: LookedInto): Promise<boolean> {
  const { records, problems } = await file.first();
  return records.length + problems.length === 0;
}
