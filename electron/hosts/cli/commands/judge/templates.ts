import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { tableText } from '../../terminal/table-text.ts';

export const command: CliCommand<object, ReplyOf<'judges.templates'>> = {
  spec: { about: 'judge prompts to start from', store: { side: 'none' } },
  run: (client) => client.call('judges.templates', {}),
  text: (templates) =>
    tableText(
      ['template', 'what it does'],
      templates.map(({ id, about }) => [id, about]),
    ),
};
