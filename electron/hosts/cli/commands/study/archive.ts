import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';

export const command: CliCommand<{ readonly name: string }, ReplyOf<'studies.archive'>> = {
  spec: { takes: '<name>', about: 'put a study out of the way; nothing new begins in it' },
  run: async (client, { name }) => client.call('studies.archive', { studyId: await client.studyId(name) }),
  text: ({ name }) => `“${name}” is archived. touchstone study restore takes it out again.`,
};
