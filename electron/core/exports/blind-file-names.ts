import type { ExportFormat, ExportResult } from '../../../shared/contract/export-methods.ts';
import { HARNESS_EXPORTERS } from '../../../shared/formats/harness/write/harness-exporters.ts';

/** Files of an export for a reply while a study is blind: those that their tool has named after systems and judges are numbered. */
export function blindFileNames(files: ExportResult['files'], format: ExportFormat): ExportResult['files'] {
  const exporter = HARNESS_EXPORTERS.find(({ name }) => name === format);
  const isNamedByData = (name: string) =>
    exporter?.namesFiles !== undefined && !Object.hasOwn(exporter.files, name);
  return files.map((file, place) =>
    isNamedByData(file.name) ? { ...file, name: `file ${place + 1} of ${files.length}` } : file,
  );
}
