import type { ConsensusReport } from '../../../../../shared/contract/quality-methods.ts';
import { reportOfConsensus, reportOfRaterErrors } from '../../../../../shared/report/consensus-report.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { reportText } from '../../terminal/report-text.ts';

export const command: CliCommand<{ readonly study: string }, ConsensusReport> = {
  spec: { about: 'how labels come about, and how each rater errs', options: [studyOption()] },
  run: async (client, { study }) =>
    client.follow('quality.consensus', { studyId: await client.studyId(study) }),
  text: (report) =>
    [reportOfConsensus(report), ...(report.model === null ? [] : [reportOfRaterErrors(report.model)])]
      .map(reportText)
      .join('\n\n'),
};
