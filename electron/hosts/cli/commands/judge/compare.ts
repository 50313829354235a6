import type { JudgeComparisonReply } from '../../../../../shared/contract/judge-methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { comparisonText } from '../../terminal/judge-text.ts';

interface Given {
  readonly before: string;
  readonly after: string;
  readonly study: string;
}

export const command: CliCommand<Given, JudgeComparisonReply> = {
  spec: {
    takes: '<before> <after>',
    about: 'two judges on the same pairs: what changed, and was it for the better',
    options: [studyOption()],
  },
  run: async (client, { study, before, after }) =>
    client.follow('judges.compare', { studyId: await client.studyId(study), before, after }),
  text: comparisonText,
};
