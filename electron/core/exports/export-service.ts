import { dirname, join } from 'node:path';
import type { ExportResult } from '../../../shared/contract/export-methods.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { AppContext } from '../context/app-context.ts';
import { fileNameOf } from '../files/file-name.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { requireStudy } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import { NO_CONTROLS, type TaskControls } from '../work/task-controls.ts';
import { blindFileNames } from './blind-file-names.ts';
import { EXPORT } from './tasks.ts';

/** Exports to a chosen folder, or to one named after the study beside the store. */
export async function exportStudy(
  context: AppContext,
  input: ParsedInputOf<'exports.run'>,
  controls: TaskControls,
): Promise<ExportResult> {
  const { store, files, ports } = context;
  const study = requireStudy(store, input.studyId);
  const folder =
    input.folderId === undefined
      ? join(
          dirname(store.readOnlyOf ?? store.path),
          'exports',
          `${fileNameOf(study.name, 'study')}-${study.publicId.slice(0, 6)}-${input.format}`,
        )
      : files.place(input.folderId);
  const result = await exportTo(context, input.studyId, input.format, folder, controls);
  // Names of files may be those of systems. Whoever runs commands sees the folder anyway.
  return study.unblindedAt === null && ports.host !== 'in_process'
    ? { ...result, files: blindFileNames(result.files, input.format) }
    : result;
}

/** Exports to a folder and logs it. */
export async function exportTo(
  { store, ports, files }: AppContext,
  studyId: string,
  format: ParsedInputOf<'exports.run'>['format'],
  folder: string,
  controls: TaskControls = NO_CONTROLS,
): Promise<ExportResult> {
  const study = requireStudy(store, studyId);
  const outcome = await runInWorker(EXPORT, { storePath: store.path, studyId, format, folder }, controls);
  // A store that may only be read has a log that may only be read.
  if (store.readOnlyOf === null)
    store.write((store) =>
      appendAudit(store, {
        at: ports.clock.nowMs(),
        studyId: study.id,
        actor: 'lead',
        action: 'export',
        details: { format, files: outcome.files },
      }),
    );
  return {
    folder,
    rows: outcome.rows,
    leftOut: outcome.leftOut,
    warnings: outcome.warnings,
    files: outcome.files.map(({ name, bytes, sha256 }) => ({
      name,
      bytes,
      sha256,
      // While the study is blind its texts and names stay out of the page, whose hands a download passes through.
      downloadId: study.unblindedAt === null ? null : files.addFile(join(folder, name)).uploadId,
    })),
  };
}
