import type { JudgeJob } from '../../../../../shared/contract/job-methods.ts';
import type { JudgeEstimate } from '../../../../../shared/contract/judge-methods.ts';
import type { JudgeRunResult } from '../../../../../shared/contract/judge-run.ts';
import { CONCURRENCY, TIMEOUT_SECONDS } from '../../../../../shared/judge/run-bounds.ts';
import type { CliCommand } from '../../client/command.ts';
import { judgeNamed } from '../../client/judge-file.ts';
import {
  acceptCutOption,
  judgeOrFileOption,
  maxCostOption,
  type SelectionGiven,
  selectionOf,
  selectionOptions,
} from '../../options/judge-options.ts';
import { option, studyOption } from '../../options/option.ts';
import { numberBetween, wholeNumberBetween } from '../../options/option-numbers.ts';
import { estimateText, failedCount, progressText, resultText } from '../../terminal/judge-text.ts';
import { EXIT } from '../../terminal/terminal.ts';

interface Given extends SelectionGiven {
  readonly study: string;
  readonly judge: string;
  readonly maxCost?: number;
  readonly concurrency?: number;
  readonly timeout?: number;
  readonly dryRun?: boolean;
  readonly acceptCutPrompts?: boolean;
}

/** 1 where judgments failed or the run did not finish. */
export const command: CliCommand<Given, JudgeEstimate | JudgeRunResult> = {
  spec: {
    about: 'ask a judge about what it has not judged yet',
    options: [
      studyOption(),
      judgeOrFileOption(),
      ...selectionOptions(
        'ask again for what was refused, cut off, unreadable or an error, and nothing else',
      ),
      maxCostOption(),
      option('--concurrency <requests>', 'requests under way at one time', wholeNumberBetween(CONCURRENCY)),
      option('--timeout <seconds>', 'give a request up after this long', numberBetween(TIMEOUT_SECONDS)),
      acceptCutOption(),
      option('--dry-run', 'only print what would be asked and what it would cost'),
    ],
  },
  run: async (client, given) => {
    const studyId = await client.studyId(given.study);
    const judge = await judgeNamed(client, studyId, given.judge);
    const selection = selectionOf(given);
    const estimate = await client.follow('judges.estimate', { studyId, judge, selection });
    if (given.dryRun === true) return estimate;
    client.terminal.complain(estimateText(estimate, given.maxCost));
    return client.runJob<JudgeJob>(
      'judges.run',
      {
        studyId,
        judge,
        selection,
        maxCostUsd: given.maxCost ?? null,
        concurrency: given.concurrency ?? 8,
        timeoutSeconds: given.timeout ?? 120,
        acceptCutPrompts: given.acceptCutPrompts === true,
      },
      progressText,
    );
  },
  text: (found, { maxCost }) => ('ending' in found ? resultText(found) : estimateText(found, maxCost)),
  code: (found) =>
    'ending' in found && (found.ending !== 'finished' || failedCount(found) > 0) ? EXIT.failed : EXIT.fine,
};
