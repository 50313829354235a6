import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';

export const command: CliCommand<
  { readonly name: string; readonly study: string },
  ReplyOf<'quality.eraseNotes'>
> = {
  spec: {
    takes: '<name>',
    about: 'erase the text of a rater’s notes for good, on request',
    options: [studyOption()],
  },
  run: async (client, { name, study }) =>
    client.follow('quality.eraseNotes', { studyId: await client.studyId(study), rater: name }),
  text: ({ erased, isPending }, { name }) =>
    `${erased} notes of ${name} were erased. Exports and copies of the store made before still hold them.${isPending ? ' So does the journal, while somebody reads: run this once more.' : ''}`,
};
