import type { ImportResult } from '../../../../shared/contract/import-methods.ts';
import { importLines, nothingChangedSentence } from '../../../../shared/report/import-lines.ts';
import { placeOfError } from '../../../../shared/report/place-of-error.ts';
import { linesText } from './lines-text.ts';

/** What came of an import, or would. */
export function importText(result: ImportResult): string {
  const { dryRun, studyName, errorCount } = result;
  const head = dryRun ? `Dry run for “${studyName}”: nothing was written.` : `Study “${studyName}”`;
  const nothingChanged = nothingChangedSentence(result);
  return [
    linesText(head, importLines(result)),
    ...(dryRun ? ['  First rows as they would be stored:', ...result.firstRows.map(rowText)] : []),
    ...(errorCount === 0 ? [] : [`  Errors: ${errorCount}`]),
    ...result.errors.map((error) => `    ${placeOfError(error)}: ${error.reason}`),
    ...result.warnings.map((warning) => `Warning: ${warning}`),
    ...(nothingChanged === null ? [] : [nothingChanged]),
  ].join('\n');
}

function rowText(row: unknown): string {
  return `    ${JSON.stringify(row).slice(0, 300)}`;
}
