import type { PairRow } from '../../../shared/contract/pair-methods.ts';
import type { CHECK_KINDS, PairStatus, REVIEW_STATES } from '../../../shared/pairs/pair-filter.ts';
import { CLASS_NAMES } from '../../components/review/class-names.ts';

export const STATUS_NAMES: Readonly<Record<PairStatus, string>> = {
  unlabelled: 'no label',
  part: 'in part',
  done: 'done',
  skipped: 'skipped',
};

export const CHECK_NAMES: Readonly<Record<Exclude<(typeof CHECK_KINDS)[number], 'none'>, string>> = {
  example: 'example',
  practice: 'practice',
  qualifying: 'qualifying',
  gold: 'gold',
};

export const REVIEW_NAMES: Readonly<Record<(typeof REVIEW_STATES)[number], string>> = {
  waiting: 'waits for an adjudicator',
  decided: 'looked at once more',
};

/** What a pair is, in the words of its row: that it is left out before all else. */
export function standingText({
  status,
  check,
  isLeftOut,
}: Pick<PairRow, 'status' | 'check' | 'isLeftOut'>): string {
  return [
    ...(isLeftOut ? ['left out'] : []),
    ...(status === null ? [] : [STATUS_NAMES[status]]),
    ...(check === null ? [] : [CHECK_NAMES[check]]),
  ].join(', ');
}

/** What the lead made of it. */
export function markText({ class: found, review }: Pick<PairRow, 'class' | 'review'>): string {
  return [
    ...(found === null ? [] : [CLASS_NAMES[found]]),
    ...(review === null ? [] : [REVIEW_NAMES[review]]),
  ].join(' · ');
}
