import { basename, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SentBatch } from '../../../../shared/contract/judge-batch.ts';
import type { App } from '../../../core/app.ts';
import { cancelBatches, fetchBatches } from '../../../core/judging/fetch-batches.ts';
import { judgeSecrets } from '../../../core/judging/judge-service.ts';
import { type BatchRoad, sendBatch } from '../../../core/judging/send-batch.ts';
import { systemClock } from '../../../core/ports/system-ports.ts';
import { withStudy } from '../client/in-process.ts';
import { interruptible } from '../client/interruptible.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';
import type { JudgeTarget } from './judge.ts';
import { collectionText } from './judge-batch.ts';

type BatchTarget = JudgeTarget & { readonly judge: string };

/** An upload of 200 MB over a slow line. */
const TIMEOUT_MS = 30 * 60_000;
const LOOK_AGAIN_MS = 30_000;

/** `touchstone judge batch send FILE… --study NAME --judge ID [--max-cost USD]` */
export function batchSendCommand(
  files: readonly string[],
  options: BatchTarget & { readonly maxCost?: number },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return onRoad(options, storePath, async (road) => {
    const sent = await sendBatch({
      ...road,
      files: files.map((file) => ({ path: resolve(file), name: basename(file) })),
      maxCostUsd: options.maxCost ?? null,
    });
    print(sent, options, terminal, 'When they are done: touchstone judge batch fetch --study … --judge …');
    return EXIT.fine;
  });
}

export interface FetchOptions extends BatchTarget {
  readonly wait?: boolean;
  readonly out?: string;
  readonly acceptCutPrompts?: boolean;
}

/** `touchstone judge batch fetch --study NAME --judge ID [--wait]`: 1 where some are at work, or judgments failed. */
export function batchFetchCommand(
  options: FetchOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return onRoad(options, storePath, async (road) => {
    let code: ExitCode = EXIT.fine;
    for (;;) {
      const batches = await fetchBatches({
        ...road,
        acceptCutPrompts: options.acceptCutPrompts === true,
        folder: options.out === undefined ? null : resolve(options.out),
      });
      const atWork = batches.filter(({ what }) => what === 'at_work');
      const mustWait = options.wait === true && atWork.length > 0 && !road.isCancelled();
      const shown = mustWait ? batches.filter(({ what }) => what !== 'at_work') : batches;
      if (shown.length > 0 || !mustWait) print(shown, options, terminal);
      if (shown.some((batch) => !isFine(batch))) code = EXIT.failed;
      if (!mustWait) return code;
      terminal.progress(atWork.map(standing).join(' · '));
      for (let waited = 0; waited < LOOK_AGAIN_MS && !road.isCancelled(); waited += 100) await sleep(100);
      terminal.progress('');
    }
  });
}

/** `touchstone judge batch cancel --study NAME --judge ID` */
export function batchCancelCommand(
  options: BatchTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return onRoad(options, storePath, async (road) => {
    print(await cancelBatches(road), options, terminal);
    return EXIT.fine;
  });
}

function onRoad(
  { study, judge }: BatchTarget,
  storePath: string,
  work: (road: BatchRoad) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ studyId, app }: { studyId: string; app: App }) => {
    const secrets = await judgeSecrets(app.context, { studyId, judge });
    return interruptible((isCancelled) =>
      work({
        storePath,
        studyId,
        judge,
        secrets,
        timeoutMs: TIMEOUT_MS,
        isCancelled,
        nowMs: systemClock.nowMs,
      }),
    );
  });
}

function isFine({ what, collected }: SentBatch): boolean {
  return (
    what === 'collected' &&
    collected !== null &&
    collected.unparsed + collected.refused + collected.truncated + collected.error === 0
  );
}

function print(
  batches: readonly SentBatch[],
  { json }: JudgeTarget,
  terminal: Terminal,
  then?: string,
): void {
  if (json === true) terminal.print(JSON.stringify(batches));
  else if (batches.length === 0) terminal.print('No batch is under way.');
  else terminal.print([...batches.flatMap(linesOf), ...(then === undefined ? [] : [then])].join('\n'));
}

function linesOf(batch: SentBatch): string[] {
  return [
    standing(batch),
    ...batch.problems.map((problem) => `  ${problem}`),
    ...(batch.collected === null ? [] : collectionText(batch.collected).map((line) => `  ${line}`)),
    ...(batch.unanswered === 0 ? [] : [`  left without a result, to be asked again: ${batch.unanswered}`]),
  ];
}

const WHAT: Readonly<Record<SentBatch['what'], string>> = {
  sent: 'sent',
  sent_before: 'sent before',
  not_sent: 'not sent to its end; send it again',
  at_work: 'at work',
  failed: 'failed; its file can be sent again',
  collected: 'taken in',
};

function standing({ file, batchId, status, what, requests, completed, failed }: SentBatch): string {
  const counts = completed === null ? '' : `, ${completed} done${failed ? `, ${failed} failed` : ''}`;
  return `${file}: ${batchId ?? 'no batch yet'}, ${WHAT[what]}${status === '' ? '' : ` (${status})`}: ${requests} requests${counts}`;
}
