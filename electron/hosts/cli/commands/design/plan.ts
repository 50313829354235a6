import type { InputOf, ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { readJsonFile } from '../../options/json-file.ts';
import { studyOption } from '../../options/option.ts';

export const command: CliCommand<
  { readonly file?: string; readonly study: string },
  ReplyOf<'design.plan'>
> = {
  spec: {
    takes: '[file]',
    about: 'show the analysis plan, or store the one in a file',
    options: [studyOption()],
  },
  run: async (client, { file, study }) => {
    const studyId = await client.studyId(study);
    if (file === undefined) return client.call('design.plan', { studyId });
    const plan = readJsonFile(file) as InputOf<'design.storePlan'>['plan'];
    return client.call('design.storePlan', { studyId, plan });
  },
  text: ({ current, deviations }) =>
    current === null
      ? 'There is no analysis plan.'
      : [
          `stored ${new Date(current.storedAt).toISOString()} with ${current.votes} votes there, sha256 ${current.sha256}`,
          JSON.stringify(current.plan, null, 2),
          ...deviations.map((deviation) => `  ${deviation}`),
        ].join('\n'),
};
