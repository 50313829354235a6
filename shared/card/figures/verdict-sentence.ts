import type { Outcome } from '../../stats/estimate.ts';
import type { JudgeVersusPeople } from '../columns/judge-versus-people.ts';

/** What may be said of a judge beside a human rater of the study. */
export type Standing = 'better' | 'as_good' | 'not_shown' | 'worse' | 'not_comparable';

/** The card's first sentence, with what it rests on. */
export interface VerdictSentence {
  readonly standing: Standing;
  /** Whether the judge may stand in for a rater, in everyday words. */
  readonly answer: string;
  readonly sentence: string;
  /** What would settle it, or why nothing is open. */
  readonly next: string;
  /** About how many pairs beyond the present ones would settle it; null where nothing is open, or no number in reach would. */
  readonly morePairs: number | null;
  /** The rule that was applied, in words. */
  readonly rule: string;
}

/** The judge may have a kappa this much below a rater's and still be called as good. Stated on the card. */
export const AS_GOOD_MARGIN = 0.1;

/** More items than this many times the present ones is not a plan. */
const LONGEST_PLAN = 20;

/**
 * The decision table on the interval of the difference, judge less rater, in kappa:
 *
 * - above 0 throughout: better;
 * - above −margin throughout: as good, within the margin;
 * - below 0 throughout: worse;
 * - anything else: not shown different. Never a winner from an interval that holds 0.
 */
export function verdictSentence(
  judge: string,
  comparison: Outcome<JudgeVersusPeople>,
  margin = AS_GOOD_MARGIN,
): VerdictSentence {
  const rule = `by the interval of the mean difference in kappa, judge less rater: better above 0, as good above −${margin}, worse below 0, otherwise not shown different`;
  if (!comparison.defined) {
    return {
      standing: 'not_comparable',
      answer: `Not yet: ${comparison.reason}.`,
      sentence: `${judge} cannot be compared with a human rater on this study: ${comparison.reason}.`,
      next: 'Two raters or more must vote on the same pairs, of enough items and with different verdicts, and the judge on those.',
      morePairs: null,
      rule,
    };
  }
  const { interval, pairs, items, comparisons } = comparison;
  const percent = Math.round(100 * interval.level);
  const standing = standingOf(comparison, margin);
  const morePairs = standing === 'not_shown' ? pairsToSettle(comparison, margin) : null;
  const seen = `a difference in kappa of ${signedText(comparison.difference)} (${percent} % interval ${signedText(interval.low)} to ${signedText(interval.high)}) over ${count(pairs, 'pair')} of ${count(items, 'item')} and ${count(comparisons.length, 'rater')}`;
  const claim = {
    better: `agrees with people better than a human rater does`,
    as_good: `is as good as a human rater, within ${margin} of kappa`,
    worse: `agrees with people less than a human rater does`,
    not_shown: `is not shown to differ from a human rater`,
  }[standing];
  const answer = {
    better: `Yes: it agrees with people better than a rater does.`,
    as_good: `Yes: it is as good as a rater, within ${margin} of kappa.`,
    worse: `No: it agrees with people less than a rater does.`,
    not_shown:
      morePairs === null
        ? 'Not yet: it lies too near the line for this study to tell.'
        : `Not yet: ${count(pairs, 'pair')} ${pairs === 1 ? 'is' : 'are'} too few to tell it from a rater.`,
  }[standing];
  return {
    standing,
    answer,
    sentence: `${judge} ${claim}: ${seen}.`,
    next:
      standing === 'not_shown' ? nextWords(morePairs, comparison) : 'More pairs would narrow the interval.',
    morePairs: morePairs === null ? null : roundUp(morePairs),
    rule,
  };
}

function standingOf({ interval }: JudgeVersusPeople, margin: number): Exclude<Standing, 'not_comparable'> {
  if (interval.low > 0) return 'better';
  if (interval.low > -margin) return 'as_good';
  if (interval.high < 0) return 'worse';
  return 'not_shown';
}

/**
 * How many more pairs would end the interval on one side of the nearest boundary, if the difference stays what it is:
 * its width falls with the square root of the items. A plan on the point estimate of a small study is a rough one. Null
 * where more than `LONGEST_PLAN` times the present ones would be needed.
 */
function pairsToSettle({ difference, interval, pairs }: JudgeVersusPeople, margin: number): number | null {
  const reach = (interval.high - interval.low) / 2;
  const distances = [difference + margin, -difference].filter((distance) => distance > 0);
  const factor = Math.min(...distances.map((distance) => (reach / distance) ** 2));
  return factor <= LONGEST_PLAN ? Math.ceil((factor - 1) * pairs) : null;
}

function nextWords(more: number | null, { items, pairs }: JudgeVersusPeople): string {
  if (more === null)
    return `The difference lies too near a boundary for this design to settle; more than ${LONGEST_PLAN} times the pairs would be needed.`;
  const moreItems = Math.ceil(more / (pairs / items));
  return `About ${roundUp(more).toLocaleString('en')} more pairs (${roundUp(moreItems).toLocaleString('en')} items) would settle it, if the difference stays as it is.`;
}

/** Two leading digits, rounded up: a plan is not known better. */
function roundUp(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.ceil(value / step) * step;
}

function signedText(value: number): string {
  const text = Math.abs(value).toFixed(3);
  return Number(text) === 0 ? '0.000' : value < 0 ? `−${text}` : `+${text}`;
}

function count(value: number, noun: string): string {
  return `${value.toLocaleString('en')} ${noun}${value === 1 ? '' : 's'}`;
}
