import type { DriftReport } from '../../../../shared/contract/judge-methods.ts';
import { roundRequest } from '../../../core/judging/judge-check-service.ts';
import { unwrap, withStudy } from '../client/in-process.ts';
import { runWithProgress } from '../client/run-with-progress.ts';
import { resultText } from '../terminal/judge-text.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal/terminal.ts';
import type { JudgeTarget } from './judge.ts';

export interface DriftOptions extends JudgeTarget {
  readonly judge: string;
  readonly rounds: number;
  readonly anchors?: number;
  readonly maxCost?: number;
}

/** `touchstone judge drift --study NAME --judge ID`: 1 where the last round is beyond its limit, or did not finish. */
export function judgeDriftCommand(
  options: DriftOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, options.study, async ({ client, studyId, app }) => {
    const { judge } = options;
    for (let round = 0; round < options.rounds; round++) {
      const request = await roundRequest(app.context, {
        studyId,
        judge,
        anchors: options.anchors ?? 50,
        maxCostUsd: options.maxCost ?? null,
      });
      const result = await runWithProgress(request, terminal);
      if (result.ending === 'finished') continue;
      terminal.complain(resultText(result));
      return EXIT.failed;
    }
    const report = unwrap(await client.call('judges.drift', { studyId, judge }));
    terminal.print(options.json === true ? JSON.stringify(report) : driftText(report));
    return report.rounds.at(-1)?.isBeyond === true ? EXIT.failed : EXIT.fine;
  });
}

function driftText({ judge, anchors, rounds, reason, referenceRounds }: DriftReport): string {
  const percent = (share: number | null) => (share === null ? '' : `${(100 * share).toFixed(1)} %`);
  const table = tableText(
    ['round', 'when', 'changed', 'noise', 'limit', 'agreement', 'answered by', ''],
    rounds.map((round) => [
      String(round.round),
      new Date(round.startedAt).toISOString(),
      percent(round.change),
      percent(round.noise),
      percent(round.limit),
      percent(round.agreement),
      round.models.join(', '),
      round.isBeyond ? 'BEYOND ITS LIMIT' : round.isReference ? 'reference' : '',
    ]),
  );
  const state =
    reason === null
      ? rounds.at(-1)?.isBeyond === true
        ? `The last round of ${judge} differs from its reference by more than noise.`
        : `No change of ${judge} is shown.`
      : `No band yet: ${referenceRounds} rounds are the reference, ${rounds.length} ${rounds.length === 1 ? 'is' : 'are'} there.`;
  return `${anchors} anchor pairs\n${table}\n${state}`;
}
