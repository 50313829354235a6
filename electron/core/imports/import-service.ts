import type { ImportJob } from '../../../shared/contract/job-methods.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { type Mapping, mappingSchema } from '../../../shared/formats/mapping/mapping.ts';
import type { AppContext } from '../context/app-context.ts';
import { listMappings, saveMapping } from '../store/engine/preferences.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { filesOfPath } from './files-of-path.ts';
import type { ImportFile } from './import-source.ts';
import { IMPORT, SNIFF } from './tasks.ts';
import { tellApart } from './tell-apart.ts';

/** Looks at the first records of each file, in a thread of its own: what is packed is unpacked for it. */
export function sniffHandedFiles(
  context: AppContext,
  input: ParsedInputOf<'imports.sniff'>,
  controls: TaskControls,
): Promise<ReplyOf<'imports.sniff'>> {
  return runInWorker(SNIFF, { files: filesOfUploads(context, input) }, controls);
}

function filesOfUploads(
  { files }: AppContext,
  { uploads, layouts }: Pick<ParsedInputOf<'imports.sniff'>, 'uploads' | 'layouts'>,
): ImportFile[] {
  return tellApart(
    uploads.flatMap((uploadId) => {
      const { path, name } = files.file(uploadId);
      const layout = Object.hasOwn(layouts, uploadId) ? layouts[uploadId] : {};
      return filesOfPath(path, name).map((file) => ({ ...file, ...layout }));
    }),
  );
}

export function startImport(context: AppContext, input: ParsedInputOf<'imports.start'>): { jobId: string } {
  const { ports, jobs, store } = context;
  const request = {
    files: filesOfUploads(context, input),
    studyName: input.studyName,
    storePath: store.path,
    dryRun: input.dryRun,
    ...(input.mapping === undefined ? {} : { mapping: input.mapping }),
    format: input.format,
    ...(input.runNames === undefined ? {} : { runNames: input.runNames }),
    ...(input.verdictEncoding === undefined ? {} : { encoding: input.verdictEncoding }),
    ...(input.pairPattern === undefined ? {} : { pairPattern: input.pairPattern }),
    nowMs: ports.clock.nowMs(),
    newSeed: ports.entropy.hex(8),
    newStudyId: ports.entropy.hex(12),
  };
  const jobId = jobs.start<ImportJob>(
    {
      kind: input.dryRun ? 'dry_run' : 'import',
      progress: { bytesDone: 0, bytesTotal: 0, records: 0 },
    },
    (controls) => runInWorker(IMPORT, request, controls),
    {
      changesStudies: !input.dryRun,
      fault: { key: 'import.fault' },
    },
  );
  return { jobId };
}

export function savedMappings({ store }: AppContext): { name: string; mapping: Mapping }[] {
  return listMappings(store).flatMap(({ name, definition }) => {
    const parsed = mappingSchema.safeParse(definition);
    return parsed.success ? [{ name, mapping: parsed.data }] : [];
  });
}

export function keepMapping(
  { store, ports }: AppContext,
  input: ParsedInputOf<'mappings.save'>,
): { name: string } {
  store.write((store) => saveMapping(store, input.name, input.mapping, ports.clock.nowMs()));
  return { name: input.name };
}
