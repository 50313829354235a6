/** Verdicts as wins: 1 for the pair's first output, 0 for its second, a half between. */
import { CODE } from '../../study/verdict-codes.ts';
import type { JudgeColumn } from './card-data.ts';

/** The score of a label; NaN where there is none. */
export function winScore(code: number | undefined): number {
  switch (code) {
    case CODE.first:
      return 1;
    case CODE.second:
      return 0;
    case CODE.tie:
    case CODE.both_bad:
    case CODE.inconsistent:
    case CODE.unparsed:
      return 0.5;
    default:
      return Number.NaN;
  }
}

/**
 * The judge's score of each pair: the mean of its two orders where both were asked, so that a preference for a place
 * cancels; else the score of its one verdict. NaN where it said nothing.
 */
export function judgeScores({ codes, firstShownFirst, secondShownFirst }: JudgeColumn): Float64Array {
  return Float64Array.from(codes, (code, pair) => {
    const [one, two] = [winScore(firstShownFirst[pair]), winScore(secondShownFirst[pair])];
    return Number.isNaN(one) || Number.isNaN(two) ? winScore(code) : (one + two) / 2;
  });
}

/** The score of each pair by people's label. */
export function peopleScores(people: Int8Array): Float64Array {
  return Float64Array.from(people, (code) => winScore(code));
}
