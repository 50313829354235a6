import { TEXTS_TABLE } from '../../../shared/formats/harness/read/touchstone-tables.ts';
import { type Mapping, sourceForFile } from '../../../shared/formats/mapping/mapping.ts';
import { eachRecord } from './each-record.ts';
import { fileReading } from './file-reading.ts';
import type { ImportContext, InspectedFile } from './import-context.ts';
import { MappedImport } from './mapped-import.ts';
import { readRuns } from './read-runs.ts';
import type { RecordWriter } from './record-writer.ts';

/** Reads all files of an import, and writes their records. */
export async function importRecords(context: ImportContext, writer: RecordWriter): Promise<void> {
  const { request, files } = context;
  const isRun = ({ recognition }: InspectedFile) => recognition?.kind === 'run';
  const runs = files.filter(isRun);
  if (runs.length > 0) await readRuns(runs, context, writer);
  const mapped = new MappedImport();
  try {
    for (const file of tablesFirst(
      files.filter((each) => !isRun(each)),
      request.mapping,
    ))
      await importFile(file, context, writer, mapped);
  } finally {
    mapped.close();
  }
  writer.finish();
}

async function importFile(
  file: InspectedFile,
  context: ImportContext,
  writer: RecordWriter,
  mapped: MappedImport,
): Promise<void> {
  const { request, tally } = context;
  const reading = fileReading(file, request, writer.systemsOf, mapped);
  await eachRecord(file, context, (value, place) => {
    const native = reading.read(value, place.line);
    for (const what of native.ok ? [native.leftOut ?? []].flat() : []) tally.addLeftOut(file.name, what);
    if (native.ok && native.unread !== undefined) tally.addUnread(file.name, native.unread);
    if (native.ok) writer.meetUnnamed(native.unnamed ?? []);
    const problems = native.ok ? native.rows.flatMap((row) => writer.write(row, place)) : native.problems;
    for (const { field, reason } of problems)
      tally.addError({ ...place, field: reading.nameInFile(field, value), reason });
  });
  for (const warning of reading.warnings()) tally.warnings.push(`${file.name}: ${warning}`);
}

/** What others look values up in is read before them, and comparisons in a table of their own before what is said of them. */
function tablesFirst(
  files: readonly InspectedFile[],
  mapping: Mapping | undefined,
): readonly InspectedFile[] {
  const isTable = (file: InspectedFile) => {
    if (file.recognition?.format.name === TEXTS_TABLE) return true;
    const source = mapping === undefined ? undefined : sourceForFile(mapping, file);
    return source !== undefined && 'table' in source;
  };
  return [...files.filter(isTable), ...files.filter((file) => !isTable(file))];
}
