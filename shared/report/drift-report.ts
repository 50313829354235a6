import type { DriftReport } from '../contract/judge-methods.ts';
import { countedText } from './number-texts.ts';
import { numbers, type Report, words } from './report.ts';

/**
 * Rounds of a judge on its anchor pairs, and whether the last one differs from the first by more than noise.
 *
 * @param timeText the time of a round as its reader writes times
 */
export function reportOfDrift(drift: DriftReport, timeText: (startedAt: Date) => string): Report {
  const { anchors, rounds } = drift;
  return {
    sentences: [
      ...(rounds.length === 0
        ? []
        : [`${countedText(rounds.length, 'round')} on ${countedText(anchors, 'anchor pair')}.`]),
      stateOf(drift),
    ],
    tables: [
      {
        caption: 'Rounds',
        columns: [
          words('Round'),
          ...['Changed', 'Noise', 'Limit', 'Agreement'].map(numbers),
          words('Answered by'),
        ],
        rows: rounds.map(({ round, startedAt, isBeyond, isReference, models, ...shares }) => [
          `${round}, ${timeText(new Date(startedAt))}${isBeyond ? ': beyond its limit' : isReference ? ': reference' : ''}`,
          ...[shares.change, shares.noise, shares.limit, shares.agreement].map(percentOf),
          models.join(', '),
        ]),
      },
    ],
  };
}

function stateOf({ judge, reason, rounds, referenceRounds }: DriftReport): string {
  if (reason !== null)
    return `${countedText(referenceRounds, 'round is', 'rounds are')} the reference for how much an unchanged judge varies; ${countedText(rounds.length, 'is', 'are')} there.`;
  return rounds.at(-1)?.isBeyond === true
    ? `The last round of ${judge} differs from its reference by more than noise: the model behind the name may have changed.`
    : `No change of ${judge} is shown.`;
}

function percentOf(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`;
}
