import type { ExclusionEffect } from '../../../../../shared/contract/quality-methods.ts';
import { reportOfExclusionEffect } from '../../../../../shared/report/exclusion-effect-report.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { reportText } from '../../terminal/report-text.ts';

export const command: CliCommand<{ readonly name: string; readonly study: string }, ExclusionEffect> = {
  spec: { takes: '<name>', about: 'the headline figures with and without a rater', options: [studyOption()] },
  run: async (client, { name, study }) =>
    client.follow('quality.effect', { studyId: await client.studyId(study), rater: name }),
  text: (effect) => reportText(reportOfExclusionEffect(effect)),
};
