import type { JudgeJob } from '../../../../../shared/contract/job-methods.ts';
import type { DriftReport } from '../../../../../shared/contract/judge-methods.ts';
import type { JudgeRunResult } from '../../../../../shared/contract/judge-run.ts';
import { ANCHOR_PAIRS } from '../../../../../shared/judge/run-bounds.ts';
import { reportOfDrift } from '../../../../../shared/report/drift-report.ts';
import type { CliCommand } from '../../client/command.ts';
import { judgeOption, maxCostOption } from '../../options/judge-options.ts';
import { option, studyOption } from '../../options/option.ts';
import { countNumber, wholeNumberBetween } from '../../options/option-numbers.ts';
import { progressText, resultText } from '../../terminal/judge-text.ts';
import { reportText } from '../../terminal/report-text.ts';
import { EXIT } from '../../terminal/terminal.ts';

interface Given {
  readonly study: string;
  readonly judge: string;
  readonly rounds: number;
  readonly anchors?: number;
  readonly maxCost?: number;
}

/** 1 where the last round is beyond its limit, or did not finish. */
export const command: CliCommand<Given, DriftReport | undefined> = {
  spec: {
    about: 'ask a judge about its anchor pairs once more: did the model behind the name change?',
    options: [
      studyOption(),
      judgeOption(),
      option('--rounds <rounds>', 'how many rounds to run; 0 only reports', countNumber).default(1),
      option('--anchors <pairs>', 'how many pairs the first round chooses', wholeNumberBetween(ANCHOR_PAIRS)),
      maxCostOption('stop each round before more is spent'),
    ],
  },
  run: async (client, { study, judge, rounds, anchors, maxCost }) => {
    const studyId = await client.studyId(study);
    for (let round = 0; round < rounds; round++) {
      const result: JudgeRunResult = await client.runJob<JudgeJob>(
        'judges.runRound',
        { studyId, judge, anchors: anchors ?? 50, maxCostUsd: maxCost ?? null },
        progressText,
      );
      if (result.ending === 'finished') continue;
      client.terminal.complain(resultText(result));
      return undefined;
    }
    return client.follow('judges.drift', { studyId, judge });
  },
  text: (report) =>
    report === undefined ? '' : reportText(reportOfDrift(report, (time) => time.toISOString())),
  code: (report) =>
    report === undefined || report.rounds.at(-1)?.isBeyond === true ? EXIT.failed : EXIT.fine,
};
