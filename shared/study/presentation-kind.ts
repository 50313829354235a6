import { hashText } from '../random/seeded-random.ts';
import { type CheckRates, checkShare } from './check-rates.ts';

/**
 * What a presentation is for. `ordinary`: a label. `repeat`: an earlier pair of the same rater, sides swapped. `gold`: a
 * pair whose answer is known. `identical`: one output on both sides. `off_topic`: an output beside one for another task.
 * `practice` and `qualifying`: before the rater works.
 */
export const PRESENTATION_KINDS = [
  'ordinary',
  'repeat',
  'gold',
  'identical',
  'off_topic',
  'practice',
  'qualifying',
] as const;
export type PresentationKind = (typeof PRESENTATION_KINDS)[number];

/** What a vote is for. Only labels are the study's result. */
export type VoteRole = 'label' | 'repeat' | 'gold' | 'catch' | 'training';

export const ROLE_OF_KIND: Readonly<Record<PresentationKind, VoteRole>> = {
  ordinary: 'label',
  repeat: 'repeat',
  gold: 'gold',
  identical: 'catch',
  off_topic: 'catch',
  practice: 'training',
  qualifying: 'training',
};

/** A number in [0, 1) that only the study's secret seed tells. */
export function seededUnit(seed: string, ...about: readonly (string | number)[]): number {
  return hashText([seed, ...about].join('|')) / 2 ** 32;
}

/**
 * What a rater's n-th presentation should be. Each is drawn for itself, so that no place and no rhythm gives a check
 * away; whether there is something to check with is for the caller to see.
 *
 * @param hasTie whether raters may answer a tie, which alone is right about one output twice
 */
export function plannedKind(
  seed: string,
  rater: string,
  place: number,
  checks: CheckRates,
  hasTie: boolean,
): Extract<PresentationKind, 'ordinary' | 'repeat' | 'gold' | 'identical' | 'off_topic'> {
  if (checkShare(checks) === 0) return 'ordinary';
  let draw = seededUnit(seed, 'check', rater, place);
  for (const [kind, share] of [
    ['repeat', checks.repeatShare],
    ['gold', checks.goldShare],
    ['identical', hasTie ? checks.catchShare / 2 : 0],
    ['off_topic', hasTie ? checks.catchShare / 2 : checks.catchShare],
  ] as const) {
    if (draw < share) return kind;
    draw -= share;
  }
  return 'ordinary';
}
