import type { SniffedFile } from '../../../shared/contract/import-methods.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import { type Mapping, mappingSchema } from '../../../shared/formats/mapping.ts';
import { readNativeRecord } from '../../../shared/formats/native.ts';
import { nativeRecordOfCsvRow } from '../../../shared/formats/native-csv.ts';
import type { AppContext } from '../app-context.ts';
import { MANIFEST_NAME } from '../imports/calibration-set.ts';
import { inspectFile } from '../imports/inspect-file.ts';
import { readRecords } from '../imports/read-records.ts';
import { RECORDS_LOOKED_AT, recogniseRecords, recognitionView } from '../imports/record-reading.ts';
import { listMappings, saveMapping } from '../store/preferences.ts';

const SNIFFED_RECORDS = 200;
const MOST_FIELDS = 200;
const MOST_VALUES = 12;
const EXAMPLE_LENGTH = 120;

/** Looks at the first records of each file: what fields there are, with an example of each. */
export async function sniffFiles(
  { files }: AppContext,
  input: ParsedInputOf<'imports.sniff'>,
): Promise<SniffedFile[]> {
  const sniffed: SniffedFile[] = [];
  for (const uploadId of input.uploads) {
    const file = files.file(uploadId);
    const { bytes, format } = await inspectFile(file);
    const records: unknown[] = [];
    if (file.name !== MANIFEST_NAME) {
      for await (const batch of readRecords(file, format, bytes, () => undefined)) {
        for (const record of batch) if ('value' in record) records.push(record.value);
        if (records.length >= SNIFFED_RECORDS) break;
      }
    }
    const [first] = records;
    const native =
      first !== undefined &&
      readNativeRecord(format === 'csv' ? nativeRecordOfCsvRow(first as Record<string, string>) : first).ok;
    const recognition = recogniseRecords(file, format, records.slice(0, RECORDS_LOOKED_AT));
    sniffed.push({
      name: file.name,
      bytes,
      format: file.name === MANIFEST_NAME ? 'calibration_set' : format,
      fields: fieldsOf(records.slice(0, SNIFFED_RECORDS)),
      isNative: native || file.name === MANIFEST_NAME,
      recognised: recognitionView(recognition),
    });
  }
  return sniffed;
}

/** Paths to single values in the records, in the order they are met, without going into long arrays. */
function fieldsOf(records: readonly unknown[]): SniffedFile['fields'][number][] {
  const found = new Map<string, Set<string>>();
  const visit = (value: unknown, path: string, depth: number) => {
    if (found.size >= MOST_FIELDS || depth > 6) return;
    if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value).slice(0, 100)) {
        const next = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
        visit(inner, next, depth + 1);
      }
      return;
    }
    if (path === '') return;
    const values = found.get(path) ?? new Set<string>();
    found.set(path, values);
    if (value !== null && values.size < MOST_VALUES) values.add(String(value).slice(0, EXAMPLE_LENGTH));
  };
  for (const record of records) visit(record, '', 0);
  return [...found].map(([path, values]) => ({ path, example: [...values][0] ?? '', values: [...values] }));
}

export function startImport(context: AppContext, input: ParsedInputOf<'imports.start'>): { jobId: string } {
  const { ports, files, jobs, store } = context;
  const jobId = jobs.startImport({
    files: input.uploads.map((uploadId) => files.file(uploadId)),
    studyName: input.studyName,
    storePath: store.path,
    dryRun: input.dryRun,
    ...(input.mapping === undefined ? {} : { mapping: input.mapping }),
    format: input.format,
    nowMs: ports.clock.nowMs(),
    newSeed: ports.entropy.hex(8),
    newStudyId: ports.entropy.hex(12),
  });
  return { jobId };
}

export function savedMappings({ store }: AppContext): { name: string; mapping: Mapping }[] {
  return listMappings(store).flatMap(({ name, definition }) => {
    const parsed = mappingSchema.safeParse(definition);
    return parsed.success ? [{ name, mapping: parsed.data }] : [];
  });
}

export function keepMapping(
  { store, ports, announce }: AppContext,
  input: ParsedInputOf<'mappings.save'>,
): { name: string } {
  store.write(() => saveMapping(store, input.name, input.mapping, ports.clock.nowMs()));
  announce({ type: 'changed', area: 'mappings' });
  return { name: input.name };
}
