/** What the commands under `touchstone judge` print for people. */

import type {
  JudgeComparisonReply,
  JudgeEstimate,
  JudgeReport,
} from '../../../../shared/contract/judge-methods.ts';
import type { JudgeRunProgress, JudgeRunResult } from '../../../../shared/contract/judge-run.ts';
import { judgeComparisonLines } from '../../../../shared/report/judge-comparison-lines.ts';
import { judgeEstimateLines } from '../../../../shared/report/judge-estimate-lines.ts';
import { judgeReportLines } from '../../../../shared/report/judge-report-lines.ts';
import {
  judgeRunLine,
  judgeRunOutcomes,
  judgeRunSentences,
} from '../../../../shared/report/judge-run-lines.ts';
import { labelWords } from '../../../../shared/study/label-words.ts';
import { linesText } from './lines-text.ts';
import { tableText } from './table-text.ts';

/** What a run would ask and cost, before it starts. */
export function estimateText(estimate: JudgeEstimate, ceilingUsd: number | undefined): string {
  const ceiling = ceilingUsd === undefined ? 'none' : `stops at $${ceilingUsd.toFixed(2)}`;
  return linesText(estimate.judge, [...judgeEstimateLines(estimate), { label: 'Ceiling', text: ceiling }]);
}

/** One line that is drawn over while a run goes on. */
export function progressText(progress: JudgeRunProgress): string {
  return [
    judgeRunLine(progress, true),
    outcomesText(progress),
    ...(progress.pausedUntil === null ? [] : ['the endpoint asked for a pause']),
  ].join(' · ');
}

/** How a run ended. */
export function resultText(result: JudgeRunResult): string {
  return [
    `${result.judge}: ${judgeRunLine(result, false)}`,
    outcomesText(result),
    ...judgeRunSentences(result),
    ...(failedCount(result) === 0
      ? []
      : ['Ask again for those without a verdict: the same command with --retry-failed']),
  ].join('\n');
}

/** Two judges side by side. */
export function comparisonText(comparison: JudgeComparisonReply): string {
  const { before, after, changes, definition } = comparison;
  const moved = changes.filter(({ from, to }) => from !== to);
  return [
    linesText(`From ${before} to ${after}`, judgeComparisonLines(comparison)),
    ...(moved.length === 0
      ? []
      : [
          tableText(
            ['was', 'is', 'pairs'],
            moved.map(({ from, to, pairs }) => [labelWords(from), labelWords(to), String(pairs)]),
          ),
        ]),
    ...(definition === null || definition.length === 0
      ? []
      : [`What differs in their definitions: ${definition.map(({ field }) => field).join(', ')}`]),
  ].join('\n');
}

/** How a judge did its work. */
export function reportText(report: JudgeReport): string {
  return [
    linesText(report.judge, [
      ...judgeReportLines(report),
      { label: 'Requests', text: String(report.attempts) },
      { label: 'Tokens', text: `${report.promptTokens} in, ${report.completionTokens} out` },
    ]),
    ...report.criteria.map(
      ({ name, verdicts, ties, asOverall }) =>
        `${name}: ${verdicts} verdicts, ${ties} ties, ${asOverall} as the whole verdict`,
    ),
    ...report.errors.map(({ message, count }) => `  ${count} × ${message}`),
  ].join('\n');
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
}: Pick<JudgeRunProgress, 'unparsed' | 'refused' | 'truncated' | 'error'>): number {
  return unparsed + refused + truncated + error;
}

function outcomesText(progress: JudgeRunProgress): string {
  return judgeRunOutcomes(progress)
    .map(({ label, count }) => `${count} ${label}`)
    .join(', ');
}
