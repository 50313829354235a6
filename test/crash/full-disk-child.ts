/**
 * Exports under a limit on the size of files, which cuts a write short as a full disk does: the call that reaches it takes a
 * part and says so, the next one fails. Prints what became of each.
 */
import { join } from 'node:path';
import { runExport } from '../../electron/core/exports/run-export.ts';
import { writeWholeFile } from '../../electron/core/files/whole-file.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { EXPORT_FORMATS } from '../../shared/contract/export-methods.ts';
import { ServiceError } from '../../shared/errors/errors.ts';

const [storePath = '', studyId = '', folder = ''] = process.argv.slice(2);

async function said(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'whole';
  } catch (error) {
    return error instanceof ServiceError ? error.message : `not a sentence: ${String(error)}`;
  }
}

const outcomes: Record<string, string> = {};
for (const format of EXPORT_FORMATS)
  outcomes[format] = await said(() =>
    runExport({ storePath, studyId, format, folder: join(folder, format) }, NO_CONTROLS),
  );
outcomes['a file'] = await said(() => writeWholeFile(join(folder, 'one', 'file'), 'x'.repeat(200_000)));
process.stdout.write(JSON.stringify(outcomes));
