import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { option, studyOption } from '../../options/option.ts';
import { wholeNumber } from '../../options/option-numbers.ts';
import { tableText } from '../../terminal/table-text.ts';

interface Given {
  readonly study: string;
  readonly limit?: number;
  readonly before?: number;
}

export const command: CliCommand<Given, ReplyOf<'audit.list'>> = {
  spec: {
    about: 'what was done in a study, the latest first; votes have receipts and are not listed',
    options: [
      studyOption(),
      option('--limit <n>', 'how many (50 by default, 200 at most)', wholeNumber),
      option('--before <row>', 'only what stands before this row of the log', wholeNumber),
    ],
  },
  run: async (client, { study, limit, before }) =>
    client.follow('audit.list', {
      studyId: await client.studyId(study),
      ...(limit === undefined ? {} : { limit }),
      ...(before === undefined ? {} : { before }),
    }),
  text: ({ acts, older, head }) =>
    [
      tableText(
        ['row', 'when', 'who', 'what'],
        acts.map(({ row, at, actor, action, text }) => [
          String(row),
          new Date(at).toISOString(),
          actor,
          text === '' ? action : text,
        ]),
      ),
      ...(older === null ? [] : [`Older: --before ${older}`]),
      `${head.entries} rows in the log. Head: ${head.hash}`,
    ].join('\n'),
};
