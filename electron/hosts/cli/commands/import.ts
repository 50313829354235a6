import { InvalidArgumentError } from 'commander';
import type { ImportResult } from '../../../../shared/contract/import-methods.ts';
import { SEPARATORS, type Separator } from '../../../../shared/formats/own/separators.ts';
import type { CliCommand } from '../client/command.ts';
import { type ImportOptions, importFiles } from '../client/import-files.ts';
import { option } from '../options/option.ts';
import { importText } from '../terminal/import-text.ts';
import { EXIT } from '../terminal/terminal.ts';

/** 1 where some records were not as they should be. */
export const command: CliCommand<ImportOptions & { readonly files: readonly string[] }, ImportResult> = {
  spec: {
    takes: '<files...>',
    about: 'import comparisons, votes and verdicts, or a calibration set',
    store: { mayBeMade: true },
    options: [
      option('--study <name>', 'the study to import into; made if it is not there'),
      option('--map <file>', 'a mapping file for records that are not in the native format'),
      option('--runs <names>', 'names of runs whose files do not say, with commas between', namesOf),
      option('--format <name>', 'auto (else): look at the records; native; or the name of a tool’s format'),
      option('--encoding <name>', 'of files of text, where it is not found: windows-1250, shift_jis, …'),
      option('--separator <character>', 'between cells of tables: comma, semicolon, tab, bar', separatorOf),
      option('--dry-run', 'show what would happen and write nothing'),
    ],
  },
  run: (client, { files, ...options }) => importFiles(client, files, options),
  text: importText,
  code: ({ errorCount }) => (errorCount === 0 ? EXIT.fine : EXIT.failed),
};

const SEPARATOR_NAMES: Readonly<Record<string, Separator>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  bar: '|',
};

function separatorOf(text: string): Separator {
  const named = SEPARATOR_NAMES[text] ?? SEPARATORS.find((separator) => separator === text);
  if (named === undefined) throw new InvalidArgumentError('It is comma, semicolon, tab or bar.');
  return named;
}

function namesOf(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}
