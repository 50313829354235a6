import { basename } from 'node:path';
import type { ImportResult } from '../../../../../shared/contract/import-methods.ts';
import { ServiceError } from '../../../../../shared/errors/errors.ts';
import { matchesName } from '../../../../../shared/formats/mapping/file-name-pattern.ts';
import type { VerdictEncoding } from '../../../../../shared/formats/own/verdict-encoding.ts';
import type { CliCommand } from '../../client/command.ts';
import { importFiles } from '../../client/import-files.ts';
import { oneOf, option, studyOption } from '../../options/option.ts';
import { importText } from '../../terminal/import-text.ts';
import { EXIT } from '../../terminal/terminal.ts';

interface VerdictOptions {
  readonly verdicts?: 'mapped-back' | 'as-shown';
  readonly aFirst?: readonly string[];
  readonly bFirst?: readonly string[];
}

interface Given extends VerdictOptions {
  readonly files: readonly string[];
  readonly study: string;
  readonly map?: string;
  readonly pairId?: string;
  readonly dryRun?: boolean;
}

/** 1 where some records were not as they should be. */
export const command: CliCommand<Given, ImportResult> = {
  spec: {
    takes: '<files...>',
    about: 'take in verdicts of a judge that ran elsewhere: native, mapped, or FastChat’s pairs',
    store: { mayBeMade: true },
    options: [
      studyOption(),
      option('--map <file>', 'a mapping file for records that are not in the native format'),
      oneOf('--verdicts <encoding>', 'as-shown: “first” is what was shown first; mapped-back: “first” is a', [
        'mapped-back',
        'as-shown',
      ]).default('mapped-back'),
      option('--a-first <pattern...>', 'in files of these names a was shown first'),
      option('--b-first <pattern...>', 'in files of these names b was shown first'),
      option(
        '--pair-id <pattern>',
        'how pairs are named, from {question_id}, {turn}, {model_1} and {model_2} (FastChat)',
      ),
      option('--dry-run', 'show what would happen and write nothing'),
    ],
  },
  run: (client, { files, study, map, pairId, dryRun, ...order }) =>
    importFiles(client, files, {
      study,
      ...(map === undefined ? {} : { map }),
      ...(dryRun === undefined ? {} : { dryRun }),
      verdictEncoding: encodingOf(files, order),
      ...(pairId === undefined ? {} : { pairPattern: pairId }),
    }),
  text: importText,
  code: ({ errorCount }) => (errorCount === 0 ? EXIT.fine : EXIT.failed),
};

/** The declared encoding, with the order of every file that a pattern names. */
function encodingOf(
  files: readonly string[],
  { verdicts, aFirst = [], bFirst = [] }: VerdictOptions,
): VerdictEncoding {
  const orderOfFile: VerdictEncoding['orderOfFile'] = {};
  for (const name of files.map((file) => basename(file))) {
    const [isA, isB] = [aFirst, bFirst].map((patterns) =>
      patterns.some((pattern) => matchesName(pattern, name)),
    );
    if (isA === true && isB === true) {
      throw new ServiceError('invalid_input', { key: 'terminal.named_by_both', values: { name } });
    }
    if (isA === true) orderOfFile[name] = 'a_first';
    if (isB === true) orderOfFile[name] = 'b_first';
  }
  return { verdicts: verdicts === 'as-shown' ? 'as_shown' : 'mapped_back', orderOfFile };
}
