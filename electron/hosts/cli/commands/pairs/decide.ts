import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { namedPairs } from '../../client/pair-ids.ts';
import { required, studyOption } from '../../options/option.ts';

interface Given {
  readonly pairs: readonly string[];
  readonly study: string;
  readonly reason: string;
}

/** A command by which the lead leaves pairs out, or takes them back. */
export function decideCommand(
  method: 'pairs.leaveOut' | 'pairs.takeBack',
  about: string,
  said: string,
): CliCommand<Given, ReplyOf<typeof method>> {
  return {
    spec: {
      takes: '<pairs...>',
      about,
      options: [studyOption(), required('--reason <text>', 'why; it stands in the log')],
    },
    run: async (client, { pairs, study, reason }) => {
      const studyId = await client.studyId(study);
      return client.call(method, { studyId, pairs: await namedPairs(client, studyId, pairs), reason });
    },
    text: ({ changed }) => `${changed === 1 ? '1 pair' : `${changed} pairs`} ${said}`,
  };
}
