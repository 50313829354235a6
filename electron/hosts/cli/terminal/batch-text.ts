import type { JudgeCollectResult, SentBatch } from '../../../../shared/contract/judge-batch-methods.ts';

/** Batches as they stand. @param then a last line */
export function batchesText(batches: readonly SentBatch[], then?: string): string {
  if (batches.length === 0) return 'No batch is under way.';
  return [...batches.flatMap(linesOf), ...(then === undefined ? [] : [then])].join('\n');
}

/** What was taken in, for people. */
export function collectedLines(result: JudgeCollectResult): string[] {
  return [
    `${result.judge}: ${result.lines} results; read ${result.read}, unparsed ${result.unparsed}, refused ${result.refused}, truncated ${result.truncated}, errors ${result.error}`,
    ...(result.promptsCut === 0 ? [] : [`prompts of which only a part was read: ${result.promptsCut}`]),
    ...(result.unknown === 0 ? [] : [`not out, so left alone: ${result.unknown}`]),
  ];
}

function linesOf(batch: SentBatch): string[] {
  return [
    batchLine(batch),
    ...batch.problems.map((problem) => `  ${problem}`),
    ...(batch.collected === null ? [] : collectedLines(batch.collected).map((line) => `  ${line}`)),
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

/** How one batch stands, in a line. */
export function batchLine({ file, batchId, status, what, requests, completed, failed }: SentBatch): string {
  const counts = completed === null ? '' : `, ${completed} done${failed ? `, ${failed} failed` : ''}`;
  return `${file}: ${batchId ?? 'no batch yet'}, ${WHAT[what]}${status === '' ? '' : ` (${status})`}: ${requests} requests${counts}`;
}
