import type { JudgeReport } from '../contract/judge-methods.ts';
import type { LabelledLine } from './labelled-line.ts';
import { countText, dollarsText } from './number-texts.ts';

/** How a judge version did its work. Whether it was right stands on the agreement card. */
export function judgeReportLines(report: JudgeReport): LabelledLine[] {
  const { outcomes, probes, latencyMs, costUsd } = report;
  return [
    {
      label: 'Coverage',
      text: `${countText(report.judgedPairs)} of ${countText(report.pairs)} pairs, ${countText(report.judgedBothOrders)} in both orders`,
    },
    {
      label: 'Judgments',
      text: `${countText(outcomes.read)} read, ${countText(outcomes.unparsed)} unparsed, ${countText(outcomes.refused)} refused, ${countText(outcomes.truncated)} cut off, ${countText(outcomes.error)} errors`,
    },
    { label: 'Argue for the other', text: `${countText(report.contradictory)} replies` },
    {
      label: 'Instructions in outputs',
      text: probes === null ? 'not probed' : `fell for ${probes.fell} of ${probes.tried} probes`,
    },
    { label: 'Looks at the test split', text: countText(report.testLooks) },
    {
      label: 'Cost',
      text:
        costUsd === null
          ? 'unknown'
          : `${dollarsText(costUsd, 4)}, ${dollarsText(report.costPerJudgmentUsd ?? 0, 6)} a judgment`,
    },
    {
      label: 'Latency',
      text:
        latencyMs === null
          ? 'none measured'
          : `${countText(latencyMs.median)} ms, 95 % within ${countText(latencyMs.p95)} ms`,
    },
    {
      label: 'Answered by',
      text:
        report.models.map(({ model, replies }) => `${model} (${countText(replies)})`).join(', ') ||
        'nobody yet',
    },
    ...warnings(report),
  ];
}

function warnings(report: JudgeReport): LabelledLine[] {
  const lines: (LabelledLine | null)[] = [
    report.promptsCut === 0
      ? null
      : {
          label: 'Cut prompts',
          text: `${countText(report.promptsCut)}: the endpoint read only a part of them, so what it said is no verdict on the whole texts`,
        },
    report.longestTokens <= report.mostTokens
      ? null
      : {
          label: 'Thoughts',
          text: `charged apart: up to ${countText(report.longestTokens)} tokens a reply where ${countText(report.mostTokens)} were asked for`,
        },
    report.uncertain === 0
      ? null
      : { label: 'Fate unknown', text: `${countText(report.uncertain)} requests, perhaps paid` },
    report.inBatches === 0
      ? null
      : { label: 'Out in batches', text: `${countText(report.inBatches)} requests` },
  ];
  return lines.filter((line) => line !== null);
}
