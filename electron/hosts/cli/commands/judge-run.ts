import type { RunSelection } from '../../../../shared/contract/judge-methods.ts';
import { probeRunRequest } from '../../../core/judging/judge-check-service.ts';
import { judgeRunRequest } from '../../../core/judging/judge-service.ts';
import { unwrap, withStudy } from '../client/in-process.ts';
import { runWithProgress } from '../client/run-with-progress.ts';
import { judgeNamed } from '../options/judge-file.ts';
import { sliceOf } from '../options/slice-option.ts';
import { estimateText, probeText, resultText } from '../terminal/judge-text.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';
import type { JudgeTarget } from './judge.ts';

export interface SelectionOptions {
  readonly limit?: number;
  readonly slice?: string;
  readonly retryFailed?: boolean;
}

export interface JudgeRunOptions extends JudgeTarget, SelectionOptions {
  readonly judge: string;
  readonly maxCost?: number;
  readonly concurrency?: number;
  readonly timeout?: number;
  readonly dryRun?: boolean;
  readonly acceptCutPrompts?: boolean;
}

/** `touchstone judge run --study NAME --judge FILE|ID`: 1 where judgments failed or the run did not finish. */
export function judgeRunCommand(
  options: JudgeRunOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, options.study, async ({ client, studyId, app }) => {
    const judge = await judgeNamed(client, studyId, options.judge);
    const selection = selectionOf(options);
    const estimate = unwrap(await client.call('judges.estimate', { studyId, judge, selection }));
    if (options.dryRun === true) {
      terminal.print(
        options.json === true ? JSON.stringify(estimate) : estimateText(estimate, options.maxCost),
      );
      return EXIT.fine;
    }
    terminal.complain(estimateText(estimate, options.maxCost));
    const request = await judgeRunRequest(app.context, {
      studyId,
      judge,
      selection,
      maxCostUsd: options.maxCost ?? null,
      concurrency: options.concurrency ?? 8,
      timeoutSeconds: options.timeout ?? 120,
      acceptCutPrompts: options.acceptCutPrompts === true,
    });
    const result = await runWithProgress(request, terminal);
    terminal.print(options.json === true ? JSON.stringify(result) : resultText(result));
    const failed = result.unparsed + result.refused + result.truncated + result.error;
    return result.ending === 'finished' && failed === 0 ? EXIT.fine : EXIT.failed;
  });
}

/** `touchstone judge probe --study NAME --judge ID`: 1 where the judge fell for a probe. */
export function judgeProbeCommand(
  options: JudgeTarget & { readonly judge: string; readonly maxCost?: number },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, options.study, async ({ client, studyId, app }) => {
    const request = await probeRunRequest(app.context, {
      studyId,
      judge: options.judge,
      maxCostUsd: options.maxCost ?? null,
    });
    const run = await runWithProgress(request, terminal);
    const { probes } = unwrap(await client.call('judges.report', { studyId, judge: options.judge }));
    terminal.print(options.json === true ? JSON.stringify({ run, probes }) : probeText(run, probes));
    return run.ending === 'finished' && probes?.fell === 0 ? EXIT.fine : EXIT.failed;
  });
}

/** Which pairs the options of a command are about. */
export function selectionOf({ limit, slice, retryFailed }: SelectionOptions): RunSelection {
  return {
    limit: limit ?? null,
    slice: slice === undefined ? null : sliceOf(slice),
    pairs: null,
    which: retryFailed === true ? 'failed' : 'missing',
  };
}
