import type { SentBatch } from '../../../../../../shared/contract/judge-batch-methods.ts';
import type { CliCommand } from '../../../client/command.ts';
import { judgeOption, maxCostOption } from '../../../options/judge-options.ts';
import { studyOption } from '../../../options/option.ts';
import { batchesText } from '../../../terminal/batch-text.ts';

interface Given {
  readonly files: readonly string[];
  readonly study: string;
  readonly judge: string;
  readonly maxCost?: number;
}

export const command: CliCommand<Given, readonly SentBatch[]> = {
  spec: {
    takes: '<files...>',
    about: 'send batch files to the Batch API of the judge’s endpoint',
    options: [
      studyOption(),
      judgeOption('the version they were made for'),
      maxCostOption('send nothing that may cost more'),
    ],
  },
  run: async (client, { files, study, judge, maxCost }) =>
    client.follow('judges.sendBatches', {
      studyId: await client.studyId(study),
      judge,
      uploads: await client.files(files),
      maxCostUsd: maxCost ?? null,
    }),
  text: (sent) => batchesText(sent, 'When they are done: touchstone judge batch fetch --study … --judge …'),
};
