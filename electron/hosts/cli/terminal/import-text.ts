import type { ImportResult } from '../../../../shared/contract/import-methods.ts';
import { placeOfError } from '../../../../shared/report/place-of-error.ts';

/** What came of an import, or would. */
export function importText(result: ImportResult): string {
  const { counts } = result;
  const list = (entries: readonly { name: string }[]) => entries.map(({ name }) => name).join(', ') || 'none';
  const lines = [
    result.dryRun ? `Dry run for “${result.studyName}”: nothing was written.` : `Study “${result.studyName}”`,
    ...result.files.flatMap(({ name, records, readAs, recognised }) => [
      `  ${name}: ${records === 1 ? '1 record' : `${records} records`} (${readAs})`,
      ...(recognised === null
        ? []
        : [
            `    read as ${recognised.title} (${recognised.name}): ${recognised.why}`,
            `    ${recognised.order}`,
          ]),
    ]),
    `  comparisons: ${counts.pairsAdded} new, ${counts.pairsKnown} already known, ${counts.itemsAdded} new items`,
    `  votes: ${counts.votesAdded} new, ${counts.votesKnown} already known`,
    `  judgments: ${counts.judgmentsAdded} new, ${counts.judgmentsKnown} already known`,
    `  systems: ${list(result.systems)}`,
    `  raters: ${list(result.raters)}`,
    `  judges: ${list(result.judges)}`,
    `  slices: ${result.slices.map(({ name, values }) => `${name} (${values})`).join(', ') || 'none'}`,
  ];
  for (const { file, what, records } of result.leftOut)
    lines.push(`  left out of ${file}, ${records === 1 ? '1 record' : `${records} records`}: ${what}`);
  if (counts.sameContent > 0) {
    lines.push(`  same content under another id: ${counts.sameContent}`);
    for (const { id, sameAs } of result.duplicates.slice(0, 5)) lines.push(`    ${id} is ${sameAs}`);
  }
  if (result.findingCount > 0) {
    lines.push(
      `  outputs that may say who wrote them: ${result.foundOutputs} (${result.findingCount} places)`,
    );
    for (const finding of result.findings.slice(0, 5)) {
      lines.push(`    ${finding.file}, line ${finding.line}: ${finding.excerpt}`);
    }
  }
  if (result.dryRun) {
    lines.push('  first rows as they would be stored:');
    for (const row of result.firstRows) lines.push(`    ${JSON.stringify(row).slice(0, 300)}`);
  }
  if (result.errorCount > 0) {
    lines.push(`  errors: ${result.errorCount}`);
    for (const error of result.errors) {
      lines.push(`    ${placeOfError(error)}: ${error.reason}`);
    }
  }
  for (const warning of result.warnings) lines.push(`Warning: ${warning}`);
  if (result.changedNothing)
    lines.push(
      counts.pairsKnown + counts.votesKnown + counts.judgmentsKnown > 0
        ? 'Everything was already there; nothing was changed.'
        : 'Nothing came of these files; nothing was changed.',
    );
  return lines.join('\n');
}
