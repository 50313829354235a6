import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type ImportResult, placeOfError } from '../../../../shared/contract/import-methods.ts';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { mappingSchema } from '../../../../shared/formats/mapping/mapping.ts';
import type { VerdictEncoding } from '../../../../shared/formats/own/verdict-encoding.ts';
import { MANIFEST_NAME } from '../../../core/imports/calibration-set.ts';
import type { ImportFile, Separator } from '../../../core/imports/import-source.ts';
import { STANDARD_INPUT } from '../../../core/imports/plain-files.ts';
import { runImport } from '../../../core/imports/run-import.ts';
import { systemClock, systemEntropy } from '../../../core/ports/system-ports.ts';
import { NO_CONTROLS } from '../../../core/work/task-controls.ts';
import { withApp } from '../client/in-process.ts';
import { interruptible } from '../client/interruptible.ts';
import { parseJson, readJsonFile } from '../options/json-file.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

export interface ImportOptions {
  readonly study?: string;
  readonly map?: string;
  /** `auto`, `native`, or the name of a tool's format. */
  readonly format?: string;
  readonly runs?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** How a judge's verdicts name the outputs; see {@link VerdictEncoding}. */
  readonly verdictEncoding?: VerdictEncoding;
  /** Of files of text, and what separates the cells of tables, where they are not as found. */
  readonly encoding?: string;
  readonly separator?: Separator;
  /** How pairs are named in terms of FastChat's fields. */
  readonly pairPattern?: string;
}

/** `touchstone import FILE… --study NAME [--map FILE] [--dry-run]` */
export async function importCommand(
  paths: readonly string[],
  options: ImportOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const { encoding, separator } = options;
  const mapping =
    options.map === undefined ? undefined : parseJson(options.map, mappingSchema, readJsonFile(options.map));
  try {
    const result = await withApp(
      storePath,
      () =>
        interruptible((isCancelled) =>
          runImport(
            {
              files: paths.flatMap(importFilesOf).map((file) => ({ ...file, encoding, separator })),
              studyName: options.study ?? null,
              storePath,
              dryRun: options.dryRun === true,
              ...(mapping === undefined ? {} : { mapping }),
              ...(options.format === undefined ? {} : { format: options.format }),
              ...(options.runs === undefined ? {} : { runNames: options.runs }),
              ...(options.verdictEncoding === undefined ? {} : { encoding: options.verdictEncoding }),
              ...(options.pairPattern === undefined ? {} : { pairPattern: options.pairPattern }),
              nowMs: systemClock.nowMs(),
              newSeed: systemEntropy.hex(8),
              newStudyId: systemEntropy.hex(12),
            },
            {
              ...NO_CONTROLS,
              isCancelled,
              onProgress: ({ bytesDone, bytesTotal, records }) =>
                terminal.progress(
                  `${Math.floor((100 * bytesDone) / Math.max(1, bytesTotal))} %, ${records.toLocaleString('en')} records`,
                ),
            },
          ),
        ),
      { mayCreate: true },
    );
    terminal.progress('');
    terminal.print(options.json === true ? JSON.stringify(result) : importText(result));
    return result.errorCount === 0 ? EXIT.fine : EXIT.failed;
  } finally {
    terminal.progress('');
  }
}

/** A folder stands for the calibration set, or the Parquet tables, inside it. */
function importFilesOf(path: string): ImportFile[] {
  if (path === STANDARD_INPUT) return [{ path, name: 'standard input' }];
  const absolute = resolve(path);
  if (existsSync(absolute) && statSync(absolute).isDirectory()) {
    const manifest = join(absolute, MANIFEST_NAME);
    if (existsSync(manifest)) return [{ path: manifest, name: MANIFEST_NAME }];
    const tables = parquetTables(absolute);
    if (tables.length > 0) return tables;
  }
  return [{ path: absolute, name: basename(absolute) }];
}

/** What of the product's own tables holds what was given; labels are worked out again. */
const READ_TABLES = ['texts', 'votes', 'verdicts', 'decisions'];

function parquetTables(folder: string): ImportFile[] {
  const texts = join(folder, 'texts');
  if (!existsSync(texts)) return [];
  const studies = readdirSync(texts).filter((name) => name.startsWith('study='));
  if (studies.length > 1)
    throw new ServiceError(
      'invalid_input',
      `${basename(folder)} holds ${studies.length} studies: name the files of one, as ${join(basename(folder), '*', studies[0] ?? '', '*.parquet')}.`,
    );
  return READ_TABLES.flatMap((table) =>
    studies.flatMap((study) => {
      const inside = join(folder, table, study);
      if (!existsSync(inside)) return [];
      const parts = readdirSync(inside).filter((name) => name.endsWith('.parquet'));
      return parts.sort().map((name) => ({ path: join(inside, name), name, mayBeEmpty: true as const }));
    }),
  );
}

function importText(result: ImportResult): string {
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
