import type { StagedPlace } from '../store/staging/staged-record.ts';
import { throwIfCancelled } from '../work/task-controls.ts';
import { nothingInFile } from './file-problem.ts';
import type { ImportContext, InspectedFile } from './import-context.ts';
import { importFailed, MOST_LISTED } from './import-tally.ts';
import { readRecords } from './read-records.ts';
import { unfoldPages } from './unfold-pages.ts';

/** Hands out the records of a file, and tells how far it is. */
export async function eachRecord(
  file: InspectedFile,
  { request, tally, controls, read }: ImportContext,
  take: (value: unknown, place: StagedPlace) => void,
): Promise<void> {
  const isRecord = partsOf(file);
  let parts = 0;
  const bytesBefore = read.bytesDone;
  const records = readRecords(file, file.layout, {
    onBytes: (bytes) => {
      read.bytesDone = bytesBefore + bytes;
    },
    onLeftOut: (what, records) => tally.addLeftOut(file.name, what, records),
  });
  for await (const batch of unfoldPages(records, file.layout, (page) => tally.pages.add(file.name, page))) {
    for (const record of batch) {
      parts++;
      if ('problem' in record || isRecord(record.value)) {
        file.records++;
        tally.counts.records++;
      }
      const place = {
        file: record.member === undefined ? file.name : `${file.name}/${record.member}`,
        line: record.line,
        ...(record.recordNumber === undefined ? {} : { recordNumber: record.recordNumber }),
      };
      if ('problem' in record) tally.addError({ ...place, field: '(record)', reason: record.problem });
      else take(record.value, place);
    }
    controls.onProgress({ ...read, records: tally.counts.records });
    throwIfCancelled(controls);
    if (!request.dryRun && tally.errorCount >= MOST_LISTED) throw importFailed(tally);
  }
  if (parts === 0 && file.mayBeEmpty !== true) throw nothingInFile(file, 'holds no record');
}

/** Tells the records of a file that is one document from what stands about them. */
function partsOf({ recognition }: InspectedFile): (value: unknown) => boolean {
  const format = recognition?.kind === 'run' ? recognition.format : undefined;
  return (value) => format?.isRecord?.(value) ?? true;
}
