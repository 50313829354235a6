import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';

export const command: CliCommand<{ readonly name: string }, ReplyOf<'studies.restore'>> = {
  spec: { takes: '<name>', about: 'take a study out of the archive' },
  run: async (client, { name }) => client.call('studies.restore', { studyId: await client.studyId(name) }),
  text: ({ name }) => `“${name}” is out of the archive.`,
};
