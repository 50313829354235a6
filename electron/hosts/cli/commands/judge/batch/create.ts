import type { JudgeBatchResult } from '../../../../../../shared/contract/judge-batch-methods.ts';
import type { CliCommand } from '../../../client/command.ts';
import { judgeNamed } from '../../../client/judge-file.ts';
import {
  judgeOrFileOption,
  type SelectionGiven,
  selectionOf,
  selectionOptions,
} from '../../../options/judge-options.ts';
import { required, studyOption } from '../../../options/option.ts';

interface Given extends SelectionGiven {
  readonly study: string;
  readonly judge: string;
  readonly out: string;
}

export const command: CliCommand<Given, JudgeBatchResult> = {
  spec: {
    about: 'write what is left to ask as files for a batch runner',
    options: [
      studyOption(),
      judgeOrFileOption(),
      required('--out <folder>', 'where to'),
      ...selectionOptions('only what has no verdict although it was asked for'),
    ],
  },
  run: async (client, given) => {
    const studyId = await client.studyId(given.study);
    const judge = await judgeNamed(client, studyId, given.judge);
    const folderId = await client.place(given.out);
    return client.follow('judges.createBatch', { studyId, judge, selection: selectionOf(given), folderId });
  },
  text: ({ judge, requests, files, alreadyOut }) =>
    [
      `${judge}: ${requests} requests in ${files.length === 1 ? 'one file' : `${files.length} files`}`,
      ...files.map(({ name, rows, bytes }) => `  ${name}  ${rows} lines, ${bytes} bytes`),
      ...(alreadyOut === 0 ? [] : [`left out, because they are in an earlier batch: ${alreadyOut}`]),
      'Send them with touchstone judge batch send FILES…, or run them elsewhere and take the results in with touchstone judge batch collect RESULTS…',
    ].join('\n'),
};
