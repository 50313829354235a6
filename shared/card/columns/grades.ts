/** How strongly people prefer: votes that say by how many steps a side is better, as places around a tie. */

import { foldCode } from '../../labels/label-pairs.ts';
import type { RaterColumn } from '../../labels/vote-model.ts';
import { CODE } from '../../study/verdict-codes.ts';
import type { JudgeColumn } from './card-data.ts';
import type { PeopleView } from './judge-view.ts';

/** No place: nothing was said, or a side was chosen and not by how much. */
export const NO_GRADE = -128;

/**
 * The place of a vote: −3 … −1 where the first output is better by so many steps, 0 for a tie, 1 … 3 where the second is.
 *
 * @param code folded, see {@link foldCode}
 * @param strength steps, 0 where the vote says none
 */
function gradeOf(code: number, strength: number): number {
  if (code === CODE.tie) return 0;
  if (strength <= 0 || (code !== CODE.first && code !== CODE.second)) return NO_GRADE;
  return code === CODE.first ? -strength : strength;
}

/** The grade of one rater’s vote on a pair. */
export function gradeOfVote(
  { codes, strengths }: RaterColumn,
  pair: number,
  options: PeopleView['options'],
): number {
  return gradeOf(foldCode(codes[pair] ?? CODE.missing, options), strengths?.[pair] ?? 0);
}

/** The grades of all of a rater’s votes. */
export function gradesOfRater(rater: RaterColumn, options: PeopleView['options']): Int8Array {
  return rater.codes.map((_code, pair) => gradeOfVote(rater, pair, options));
}

/**
 * People’s graded label of each pair: the median of the votes' grades, halves towards the tie, so that which output is called
 * first does not matter. Pairs that an adjudicator decides have none, as a decision has no median.
 */
export function peopleGrades({ data, options }: Pick<PeopleView, 'data' | 'options'>): Int8Array {
  return Int8Array.from(data.itemOfPair, (_item, pair) => {
    if (options.adjudicated !== 'nowhere' && (data.adjudicated?.[pair] ?? CODE.missing) >= 0) return NO_GRADE;
    const grades = data.raters
      .map((rater) => gradeOfVote(rater, pair, options))
      .filter((grade) => grade !== NO_GRADE)
      .sort((one, other) => one - other);
    if (grades.length === 0) return NO_GRADE;
    const [low, high] = [grades[(grades.length - 1) >> 1] ?? 0, grades[grades.length >> 1] ?? 0];
    return Math.trunc((low + high) / 2);
  });
}

/**
 * The judge's verdicts on people's scale: a side is better by the preference’s part of the most steps, by one at
 * least. Null for a judge that states no preferences.
 *
 * @param reach the most steps
 */
export function judgeGrades(
  { codes, preferences }: JudgeColumn,
  reach: number,
  options: PeopleView['options'],
): Int8Array | null {
  if (preferences === null) return null;
  return codes.map((raw, pair) => {
    const code = foldCode(raw, options);
    const preference = preferences[pair] ?? Number.NaN;
    const towards = code === CODE.first ? preference : -preference;
    return gradeOf(code, Number.isNaN(towards) ? 0 : Math.max(1, Math.round(towards * reach)));
  });
}

/** Places of the scale of strengths: so many steps to either side of a tie. */
export function gradePlaces(reach: number): number {
  return 2 * reach + 1;
}

/** A grade's place from 0, first better by the most steps; {@link CODE.missing} without a grade. */
export function placeOfGrade(grade: number, reach: number): number {
  return grade === NO_GRADE ? CODE.missing : grade + reach;
}

/** A grade as a win of the pair's first output: 1 where it is better by the most steps, ½ at a tie. */
export function gradedWin(grade: number, reach: number): number {
  return (1 - grade / reach) / 2;
}
