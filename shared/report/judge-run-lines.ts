import type { JudgeRunProgress, JudgeRunResult } from '../contract/judge-run.ts';
import { countText, dollarsText } from './number-texts.ts';

/** How far a run is, in a line; how fast it goes only while it does. */
export function judgeRunLine(
  { done, total, costUsd, perSecond, secondsLeft }: JudgeRunProgress,
  isRunning: boolean,
): string {
  return [
    `${countText(done)} of ${countText(total)}`,
    ...(isRunning && secondsLeft !== null
      ? [`${perSecond.toFixed(1)} a second`, `about ${Math.ceil(secondsLeft)} s left`]
      : []),
    ...(costUsd === null ? [] : [dollarsText(costUsd, 4)]),
  ].join(' · ');
}

/** What came of the requests, by kind. */
export function judgeRunOutcomes({ read, unparsed, refused, truncated, error }: JudgeRunProgress) {
  return [
    { label: 'read', count: read },
    { label: 'unparsed', count: unparsed },
    { label: 'refused', count: refused },
    { label: 'cut off', count: truncated },
    { label: 'errors', count: error },
  ] as const;
}

const ENDINGS = {
  finished: 'Finished.',
  ceiling: 'Stopped at the ceiling.',
  cancelled: 'Stopped.',
  failed: 'Ended before its end.',
} as const;

/** How a run ended, and what whoever reads its figures should know. */
export function judgeRunSentences({
  ending,
  message,
  notes,
  otherModels,
  uncertain,
}: JudgeRunResult): string[] {
  return [
    `${ENDINGS[ending]}${message === null ? '' : ` ${message}`}`,
    ...notes,
    ...(otherModels.length === 0 ? [] : [`Answered by another model: ${otherModels.join(', ')}.`]),
    ...(uncertain === 0
      ? []
      : [
          `${countText(uncertain)} requests were sent and their fate is unknown: the provider may have charged for them.`,
        ]),
  ];
}
