import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { keepJudgeFile } from '../../client/judge-file.ts';
import { studyOption } from '../../options/option.ts';

export const command: CliCommand<
  { readonly file: string; readonly study: string },
  ReplyOf<'judges.keep'>
> = {
  spec: {
    takes: '<file>',
    about: 'keep a judge file as the next version of its name',
    options: [studyOption()],
  },
  run: async (client, { file, study }) => keepJudgeFile(client, await client.studyId(study), file),
  text: ({ judge, isNew, contentHash }) =>
    `${judge}${isNew ? '' : ' was there already'}  sha256 ${contentHash}`,
};
