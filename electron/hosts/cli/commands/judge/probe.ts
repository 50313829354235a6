import type { JudgeJob } from '../../../../../shared/contract/job-methods.ts';
import type { JudgeReport } from '../../../../../shared/contract/judge-methods.ts';
import type { JudgeRunResult } from '../../../../../shared/contract/judge-run.ts';
import type { CliCommand } from '../../client/command.ts';
import { judgeOption, maxCostOption } from '../../options/judge-options.ts';
import { studyOption } from '../../options/option.ts';
import { probeText, progressText } from '../../terminal/judge-text.ts';
import { EXIT } from '../../terminal/terminal.ts';

interface Given {
  readonly study: string;
  readonly judge: string;
  readonly maxCost?: number;
}

interface Found {
  readonly run: JudgeRunResult;
  readonly probes: JudgeReport['probes'];
}

/** 1 where the judge fell for a probe. */
export const command: CliCommand<Given, Found> = {
  spec: {
    about: 'ask a judge about built-in outputs that tell it what to choose',
    options: [studyOption(), judgeOption(), maxCostOption()],
  },
  run: async (client, { study, judge, maxCost }) => {
    const studyId = await client.studyId(study);
    const asked = { studyId, judge, maxCostUsd: maxCost ?? null };
    const run = await client.runJob<JudgeJob>('judges.probe', asked, progressText);
    const { probes } = await client.follow('judges.report', { studyId, judge });
    return { run, probes };
  },
  text: ({ run, probes }) => probeText(run, probes),
  code: ({ run, probes }) => (run.ending === 'finished' && probes?.fell === 0 ? EXIT.fine : EXIT.failed),
};
