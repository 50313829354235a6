/** Verdicts as wins: 1 for the pair's first output, 0 for its second, a half between. */
import { placesWhere, valuesAt } from '../../columns/column.ts';
import { CODE } from '../../study/verdict-codes.ts';
import type { JudgeColumn, SidesColumn } from './card-data.ts';

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
  const scores = new Float64Array(codes.length);
  for (let pair = 0; pair < scores.length; pair++) {
    const [one, two] = [winScore(firstShownFirst[pair]), winScore(secondShownFirst[pair])];
    scores[pair] = Number.isNaN(one) || Number.isNaN(two) ? winScore(codes[pair]) : (one + two) / 2;
  }
  return scores;
}

/** The score of each pair by people's label. */
export function peopleScores(people: Int8Array): Float64Array {
  const scores = new Float64Array(people.length);
  for (let pair = 0; pair < scores.length; pair++) scores[pair] = winScore(people[pair]);
  return scores;
}

/** Pairs in which one output alone is of a system, and 1 where it is the first. */
export function pairsOfSystem(
  { first, second }: SidesColumn,
  system: number,
): { readonly pairs: Int32Array; readonly isFirst: Uint8Array } {
  const pairs = placesWhere(first.length, (pair) => (first[pair] === system) !== (second[pair] === system));
  const isFirst = new Uint8Array(pairs.length);
  for (let row = 0; row < pairs.length; row++) isFirst[row] = Number(first[pairs[row] ?? 0] === system);
  return { pairs, isFirst };
}

/** Scores of some pairs, turned where it is about their second output. */
export function scoresOfSide(scores: Float64Array, pairs: Int32Array, isFirst: Uint8Array): Float64Array {
  const turned = valuesAt(scores, pairs);
  for (let row = 0; row < turned.length; row++) if (isFirst[row] === 0) turned[row] = 1 - (turned[row] ?? 0);
  return turned;
}
