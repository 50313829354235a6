import type { GuidelineGaps } from '../../../../../shared/contract/review-methods.ts';
import { sentencesOfGaps } from '../../../../../shared/report/guideline-gaps-report.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';

export const command: CliCommand<{ readonly study: string }, GuidelineGaps> = {
  spec: { about: 'gaps of each guideline, and whether a later one closed them', options: [studyOption()] },
  run: async (client, { study }) =>
    client.follow('disagreements.gaps', { studyId: await client.studyId(study) }),
  text: (gaps) => sentencesOfGaps(gaps).join('\n'),
};
