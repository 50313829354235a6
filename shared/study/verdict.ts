/** The closed sets of what a person or a judge can say of a pair, in canonical terms. */

/** `first` and `second` name the canonical sides of a pair, never what was on the left. */
export const HUMAN_VERDICTS = ['first', 'second', 'tie', 'both_bad', 'skipped'] as const;
export type HumanVerdict = (typeof HUMAN_VERDICTS)[number];

/**
 * `unparsed`: the reply was there and no verdict could be read from it. `error`: there was no reply.
 * `inconsistent`: two orders contradicted each other; only a judgment over both orders can be that.
 */
export const JUDGE_VERDICTS = [
  'first',
  'second',
  'tie',
  'both_bad',
  'unparsed',
  'error',
  'inconsistent',
] as const;
export type JudgeVerdict = (typeof JUDGE_VERDICTS)[number];

/** Which response the judge read first. `both`: one verdict merged from both orders elsewhere. */
export const JUDGE_ORDERS = ['a_first', 'b_first', 'both', 'unknown'] as const;
export type JudgeOrder = (typeof JUDGE_ORDERS)[number];

/** Which canonical side stands on the left of a screen. */
export const SIDES = ['first', 'second'] as const;
export type Side = (typeof SIDES)[number];

/** What a rater answers: the sides as seen, because a rater never knows the canonical order. */
export const ANSWERS = ['left', 'right', 'tie', 'both_bad', 'skipped'] as const;
export type Answer = (typeof ANSWERS)[number];

/** Why a rater skipped a pair. */
export const SKIP_REASONS = [
  'cannot_judge',
  'broken_item',
  'not_my_language',
  'harmful_content',
  'other',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Which answers a study offers beside the two sides and skipping. A graded one asks by how much a side is better. */
export const VERDICT_SCALES = [
  'two_way',
  'with_tie',
  'with_tie_and_both_bad',
  'graded_5',
  'graded_7',
] as const;
export type VerdictScale = (typeof VERDICT_SCALES)[number];

/** The answers a scale offers, in the order of their keys. */
export function answersOfScale(scale: VerdictScale): readonly Answer[] {
  switch (scale) {
    case 'two_way':
      return ['left', 'right', 'skipped'];
    case 'with_tie':
    case 'graded_5':
    case 'graded_7':
      return ['left', 'right', 'tie', 'skipped'];
    case 'with_tie_and_both_bad':
      return ['left', 'right', 'tie', 'both_bad', 'skipped'];
  }
}

/** Whether a scale lets a rater say this of a pair. */
export function offersVerdict(scale: VerdictScale, verdict: HumanVerdict): boolean {
  return verdict === 'first' || verdict === 'second' || answersOfScale(scale).includes(verdict);
}

/** By how many steps a side can be better: 0 where a scale does not ask. */
export function strengthsOfScale(scale: VerdictScale): 0 | 2 | 3 {
  if (scale === 'graded_5') return 2;
  return scale === 'graded_7' ? 3 : 0;
}

/** The opposite canonical side. */
export function otherSide(side: Side): Side {
  return side === 'first' ? 'second' : 'first';
}

/** A verdict about the same outputs in the other order. */
export function otherVerdict<Verdict>(verdict: Verdict): Verdict {
  const turned = verdict === 'first' ? 'second' : verdict === 'second' ? 'first' : verdict;
  return turned as Verdict;
}

/** Turns an answer about the screen into a verdict about the pair. */
export function verdictOfAnswer(answer: Answer, leftSide: Side): HumanVerdict {
  if (answer === 'left') return leftSide;
  if (answer === 'right') return otherSide(leftSide);
  return answer;
}
