import type { GuidelineGaps } from '../contract/review-methods.ts';
import { percentText, rangeText } from '../quality/share-text.ts';
import type { GapReport } from '../review/guideline-gaps.ts';
import { countedText } from './number-texts.ts';

const OUTCOMES = {
  closed: 'The gap is closed: they contradict each other there no more than elsewhere.',
  open: 'The gap is still open: they contradict each other there more than elsewhere.',
  not_shown: 'Neither that it is closed nor that it is open is shown yet.',
} as const;

/** What each guideline left open, and whether a later version closed it: a sentence or more each. */
export function sentencesOfGaps({ gaps, version }: GuidelineGaps): readonly string[] {
  return gaps.length === 0
    ? [
        'No pair was classed as a guideline gap yet. Those that are show here whether a later version closed the gap.',
      ]
    : gaps.map((gap) => sentencesOf(gap, version));
}

function sentencesOf(gap: GapReport, current: number): string {
  const { version, pairs, compared, before, after, interval, elsewhere, outcome } = gap;
  const start = `Version ${version}: ${countedText(pairs, 'pair shows', 'pairs show')} a gap.`;
  if (outcome === 'not_asked' || after === null || interval === null) {
    return `${start} ${
      version === current
        ? 'It is the version in force: write the next one under Design, then ask again.'
        : 'No pair has two labels under a later version yet.'
    }`;
  }
  const then = `On ${compared} of them two raters contradict each other, under a later version, in ${percentText(after)} of comparisons (${rangeText(interval)}); elsewhere in the study in ${elsewhere === null ? '–' : percentText(elsewhere)}.`;
  const once =
    before === null
      ? ''
      : ` Before it was ${percentText(before)}, which some pairs chosen for their contradictions would not reach again by themselves.`;
  return `${start} ${then} ${OUTCOMES[outcome]}${once}`;
}
