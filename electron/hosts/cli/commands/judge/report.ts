import type { JudgeReport } from '../../../../../shared/contract/judge-methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { judgeOption } from '../../options/judge-options.ts';
import { studyOption } from '../../options/option.ts';
import { reportText } from '../../terminal/judge-text.ts';

export const command: CliCommand<{ readonly study: string; readonly judge: string }, JudgeReport> = {
  spec: { about: 'coverage, failures, cost and latency of a judge', options: [studyOption(), judgeOption()] },
  run: async (client, { study, judge }) =>
    client.follow('judges.report', { studyId: await client.studyId(study), judge }),
  text: reportText,
};
