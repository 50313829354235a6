import type { InputOf, ReplyOf } from '../../../../../shared/contract/methods.ts';
import { ServiceError } from '../../../../../shared/errors/errors.ts';
import { knownAnswerLines } from '../../../../../shared/formats/own/known-answer-lines.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { readTextFile } from '../../options/text-file.ts';

export const command: CliCommand<
  { readonly file: string; readonly study: string },
  ReplyOf<'design.addKnownAnswers'>
> = {
  spec: {
    takes: '<file>',
    about: 'name pairs whose answer is known, one JSON object a line',
    options: [studyOption()],
  },
  run: async (client, { file, study }) => {
    const studyId = await client.studyId(study);
    const read = knownAnswerLines(readTextFile(file));
    if ('reason' in read)
      throw new ServiceError('invalid_input', {
        key: 'terminal.line_problem',
        values: { file, line: read.line, reason: read.reason },
      });
    const answers = read.answers as InputOf<'design.addKnownAnswers'>['answers'];
    return client.call('design.addKnownAnswers', { studyId, answers });
  },
  text: (counts) =>
    `known answers: ${Object.entries(counts)
      .map(([stage, count]) => `${count} ${stage}`)
      .join(', ')}`,
};
