import type { JudgeCollectResult } from '../../../../../../shared/contract/judge-batch-methods.ts';
import type { CliCommand } from '../../../client/command.ts';
import { acceptCutOption, judgeOption } from '../../../options/judge-options.ts';
import { studyOption } from '../../../options/option.ts';
import { collectedLines } from '../../../terminal/batch-text.ts';
import { failedCount } from '../../../terminal/judge-text.ts';
import { EXIT } from '../../../terminal/terminal.ts';

interface Given {
  readonly files: readonly string[];
  readonly study: string;
  readonly judge: string;
  readonly acceptCutPrompts?: boolean;
}

/** 1 where judgments failed or some are still out. */
export const command: CliCommand<Given, JudgeCollectResult> = {
  spec: {
    takes: '<files...>',
    about: 'take in the results of a batch, in any order, with its error files',
    options: [studyOption(), judgeOption('the version that was asked'), acceptCutOption()],
  },
  run: async (client, { files, study, judge, acceptCutPrompts }) =>
    client.follow('judges.collectBatch', {
      studyId: await client.studyId(study),
      judge,
      uploads: await client.files(files),
      acceptCutPrompts: acceptCutPrompts === true,
    }),
  text: (result) =>
    [...collectedLines(result), ...(result.stillOut === 0 ? [] : [`still out: ${result.stillOut}`])].join(
      '\n',
    ),
  code: (result) => (failedCount(result) === 0 && result.stillOut === 0 ? EXIT.fine : EXIT.failed),
};
