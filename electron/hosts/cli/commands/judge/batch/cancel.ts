import type { SentBatch } from '../../../../../../shared/contract/judge-batch-methods.ts';
import type { CliCommand } from '../../../client/command.ts';
import { judgeOption } from '../../../options/judge-options.ts';
import { studyOption } from '../../../options/option.ts';
import { batchesText } from '../../../terminal/batch-text.ts';

export const command: CliCommand<{ readonly study: string; readonly judge: string }, readonly SentBatch[]> = {
  spec: {
    about: 'stop the batches that were sent; what they got to can be fetched',
    options: [studyOption(), judgeOption('the version that was asked')],
  },
  run: async (client, { study, judge }) =>
    client.follow('judges.cancelBatches', { studyId: await client.studyId(study), judge }),
  text: (batches) => batchesText(batches),
};
