import type { JudgeComparisonReply } from '../contract/judge-methods.ts';
import type { LabelledLine } from './labelled-line.ts';
import { countText, dollarsText } from './number-texts.ts';

/** Two judges side by side: what changed, and whether for the better. */
export function judgeComparisonLines(comparison: JudgeComparisonReply): LabelledLine[] {
  const { pairs, changed, difference, costPerJudgmentUsd } = comparison;
  const { before, after } = costPerJudgmentUsd;
  return [
    { label: 'Changed', text: `${countText(changed)} of ${countText(pairs)} pairs both judged` },
    { label: 'Agreement with people', text: agreementText(comparison) },
    ...(difference === null ? [] : [{ label: 'Difference', text: differenceText(difference, comparison) }]),
    {
      label: 'Cost a judgment',
      text:
        before === null || after === null
          ? 'unknown'
          : `${dollarsText(before, 6)} → ${dollarsText(after, 6)}`,
    },
  ];
}

function agreementText({ agreement, labelled, splits, gained, lost }: JudgeComparisonReply): string {
  if (agreement === null) return 'people labelled none of them';
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return `${percent(agreement.before)} → ${percent(agreement.after)} on ${countText(labelled)} pairs (${splits.dev} dev, ${splits.test} test); ${gained} gained, ${lost} lost`;
}

function differenceText(
  difference: number,
  { interval, noInterval, p }: Pick<JudgeComparisonReply, 'interval' | 'noInterval' | 'p'>,
): string {
  const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)} points`;
  const range =
    interval === null
      ? `(no interval: ${noInterval})`
      : `(${Math.round(100 * interval.level)} % interval ${points(interval.low)} to ${points(interval.high)})`;
  const chance =
    p === null ? '' : `, p ${p < 0.001 ? '< 0.001' : p.toFixed(3)}${p < 0.05 ? '' : ': no difference shown'}`;
  return `${points(difference)} ${range}${chance}`;
}
