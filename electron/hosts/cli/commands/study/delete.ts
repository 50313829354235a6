import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import { deletedStudyLines } from '../../../../../shared/report/deleted-study-text.ts';
import type { CliCommand } from '../../client/command.ts';
import { option, required } from '../../options/option.ts';

export const command: CliCommand<
  { readonly name: string; readonly confirm: string; readonly evenIfOut?: boolean },
  ReplyOf<'studies.delete'>
> = {
  spec: {
    takes: '<name>',
    about: 'delete a study for good; the log keeps that it was deleted',
    options: [
      required('--confirm <name>', 'its name once more'),
      option('--even-if-out', 'although packs, or runs or batches of a judge, have not come back'),
    ],
  },
  run: async (client, { name, confirm, evenIfOut }) =>
    client.follow(
      'studies.delete',
      { studyId: await client.studyId(name), confirmName: confirm, losesOpenWork: evenIfOut === true },
      ({ bytesDone, bytesTotal }) =>
        `${bytesDone.toLocaleString('en')} of ${bytesTotal.toLocaleString('en')} pairs`,
    ),
  text: (deleted) => deletedStudyLines(deleted).join('\n'),
};
