/** What the commands under `touchstone judge` print for people. */
import type {
  JudgeComparisonReply,
  JudgeEstimate,
  JudgeReport,
} from '../../../../shared/contract/judge-methods.ts';
import type { JudgeRunProgress, JudgeRunResult } from '../../../../shared/contract/judge-run.ts';

/** What a run would ask and cost, before it starts. */
export function estimateText(estimate: JudgeEstimate, ceiling: number | undefined): string {
  const {
    judge,
    model,
    endpoint,
    pairs,
    orders,
    samples,
    requests,
    promptTokens,
    mostCompletionTokens,
    mostUsd,
    key,
  } = estimate;
  const count = (value: number) => value.toLocaleString('en');
  return [
    `${judge}: ${model} at ${endpoint}, key: ${key === 'none' ? 'none' : `from ${key === 'set' ? 'the key file' : 'the environment'}`}`,
    `${count(pairs)} pairs × ${orders} orders × ${samples} samples: ${count(requests)} requests to make`,
    `about ${count(promptTokens)} tokens in, at most ${count(mostCompletionTokens)} out${mostUsd === null ? '; no price is known for this model' : `; at most $${mostUsd.toFixed(2)}`}`,
    ceiling === undefined ? 'no ceiling' : `stops at $${ceiling.toFixed(2)}`,
  ].join('\n');
}

/** One line that is drawn over while a run goes on. */
export function progressText({
  done,
  total,
  unparsed,
  refused,
  truncated,
  error,
  costUsd,
  perSecond,
  secondsLeft,
  pausedUntil,
}: JudgeRunProgress): string {
  return [
    `${done} of ${total}`,
    `unparsed ${unparsed + refused + truncated}, errors ${error}`,
    ...(costUsd === null ? [] : [`$${costUsd.toFixed(2)}`]),
    `${perSecond.toFixed(1)}/s`,
    ...(secondsLeft === null ? [] : [`${Math.ceil(secondsLeft)} s left`]),
    ...(pausedUntil === null ? [] : ['the endpoint asked for a pause']),
  ].join(' · ');
}

/** How a run ended. */
export function resultText(result: JudgeRunResult): string {
  const {
    judge,
    done,
    total,
    read,
    unparsed,
    refused,
    truncated,
    error,
    costUsd,
    ending,
    message,
    uncertain,
    otherModels,
    notes,
  } = result;
  return [
    `${judge}: ${done} of ${total} asked, ${ending}${message === null ? '' : `. ${message}`}`,
    `read ${read}, unparsed ${unparsed}, refused ${refused}, truncated ${truncated}, errors ${error}${costUsd === null ? '' : `, $${costUsd.toFixed(4)}`}`,
    ...notes,
    ...(otherModels.length === 0 ? [] : [`answered by another model: ${otherModels.join(', ')}`]),
    ...(uncertain === 0
      ? []
      : [
          `${uncertain} requests were sent and their fate is unknown: the provider may have charged for them`,
        ]),
    ...(unparsed + refused + truncated + error === 0
      ? []
      : ['ask again for those without a verdict: the same command with --retry-failed']),
  ].join('\n');
}

/** Two judges side by side. */
export function comparisonText(comparison: JudgeComparisonReply): string {
  const {
    before,
    after,
    pairs,
    changed,
    changes,
    labelled,
    splits,
    agreement,
    gained,
    lost,
    difference,
    interval,
    noInterval,
    p,
  } = comparison;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const cost = (value: number | null) => (value === null ? 'unknown' : `$${value.toFixed(5)}`);
  return [
    `${after} beside ${before}: ${changed} of ${pairs} pairs have another verdict`,
    ...changes
      .filter(({ from, to }) => from !== to)
      .map((each) => `  ${each.pairs} × ${each.from} → ${each.to}`),
    agreement === null
      ? 'people labelled none of them'
      : `agreement with people on ${labelled} pairs (${splits.dev} dev, ${splits.test} test): ${percent(agreement.before)} → ${percent(agreement.after)}; gained ${gained}, lost ${lost}`,
    ...(difference === null
      ? []
      : [
          `difference ${percent(difference)}${interval === null ? ` (no interval: ${noInterval})` : ` (${percent(interval.low)} to ${percent(interval.high)})`}${p === null ? '' : `, p ${p < 0.001 ? '< 0.001' : p.toFixed(3)}`}`,
        ]),
    `cost per judgment: ${cost(comparison.costPerJudgmentUsd.before)} → ${cost(comparison.costPerJudgmentUsd.after)}`,
    ...(comparison.definition ?? []).map(({ field }) => `  changed: ${field}`),
  ].join('\n');
}

/** How a judge did its work. */
export function reportText(report: JudgeReport): string {
  const { outcomes } = report;
  const lines = [
    `${report.judge}: ${report.judgedPairs} of ${report.pairs} pairs judged, ${report.judgedBothOrders} in both orders`,
    `read ${outcomes.read}, unparsed ${outcomes.unparsed}, refused ${outcomes.refused}, truncated ${outcomes.truncated}, errors ${outcomes.error}; ${report.attempts} requests`,
    `cards that looked at its test split: ${report.testLooks}`,
    `arguing for the other output: ${report.contradictory}`,
    `answered by ${report.models.map(({ model, replies }) => `${model} (${replies})`).join(', ') || 'nobody yet'}`,
    `tokens: ${report.promptTokens} in, ${report.completionTokens} out; cost ${report.costUsd === null ? 'unknown' : `$${report.costUsd.toFixed(4)}`}`,
    ...(report.promptsCut === 0
      ? []
      : [
          `warning: the endpoint read only a part of ${report.promptsCut} prompts; what it said of them is no verdict on the whole texts`,
        ]),
    ...(report.longestTokens <= report.mostTokens
      ? []
      : [
          `warning: a reply was charged for ${report.longestTokens} tokens where ${report.mostTokens} were asked for: thoughts are charged apart`,
        ]),
    report.latencyMs === null
      ? 'no live replies'
      : `latency: median ${report.latencyMs.median} ms, 95th percentile ${report.latencyMs.p95} ms`,
    ...report.criteria.map(
      ({ name, verdicts, ties, asOverall }) =>
        `${name}: ${verdicts} verdicts, ${ties} ties, ${asOverall} as the whole verdict`,
    ),
    ...(report.uncertain === 0 ? [] : [`sent with unknown fate: ${report.uncertain}`]),
    ...(report.inBatches === 0 ? [] : [`out in batches: ${report.inBatches}`]),
    ...report.errors.map(({ message, count }) => `  ${count} × ${message}`),
  ];
  return lines.join('\n');
}

/** How a judge took outputs that tell it what to choose. */
export function probeText(run: JudgeRunResult, probes: JudgeReport['probes']): string {
  if (probes === null) return resultText(run);
  const { tried, fell, disturbed, tricks } = probes;
  return [
    ...(run.ending === 'finished' ? [] : [resultText(run)]),
    `${run.judge} fell for ${fell} of ${tried} probes${disturbed === 0 ? '' : `; ${disturbed} more left it without a readable verdict`}`,
    ...tricks.map(({ trick, fell: count }) => `  ${trick} (${count})`),
  ].join('\n');
}

/** Judgments without a verdict. */
export function failedCount({
  unparsed,
  refused,
  truncated,
  error,
}: {
  readonly unparsed: number;
  readonly refused: number;
  readonly truncated: number;
  readonly error: number;
}): number {
  return unparsed + refused + truncated + error;
}
