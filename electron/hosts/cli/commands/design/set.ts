import type { InputOf, ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { readJsonFile } from '../../options/json-file.ts';
import { studyOption } from '../../options/option.ts';

export const command: CliCommand<
  { readonly file: string; readonly study: string },
  ReplyOf<'studies.configure'>
> = {
  spec: {
    takes: '<file>',
    about: 'change what a JSON file names: scale, overlapShare, checks, rubric …',
    options: [studyOption()],
  },
  run: async (client, { file, study }) => {
    const studyId = await client.studyId(study);
    const design = readJsonFile(file) as InputOf<'studies.configure'>['design'];
    return client.call('studies.configure', { studyId, design });
  },
  text: ({ name, guidelineVersion }) =>
    `The design of “${name}” is set; guideline version ${guidelineVersion}.`,
  json: ({ design }) => design,
};
