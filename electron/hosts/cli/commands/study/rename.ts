import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { required } from '../../options/option.ts';

export const command: CliCommand<
  { readonly name: string; readonly to: string },
  ReplyOf<'studies.rename'>
> = {
  spec: {
    takes: '<name>',
    about: 'give a study another name',
    options: [required('--to <name>', 'its new name')],
  },
  run: async (client, { name, to }) =>
    client.call('studies.rename', { studyId: await client.studyId(name), name: to }),
  text: (study, { name }) => `“${name}” is named “${study.name}” now.`,
};
