/** Finds the pairs on which raters part from each other, or a judge from their label. */

import type { CardData, JudgeColumn } from '../card/columns/card-data.ts';
import type { AgreementOptions } from '../labels/agreement-options.ts';
import { labelOf } from '../labels/consensus.ts';
import { consensusColumn } from '../labels/consensus-column.ts';
import { foldCode } from '../labels/label-pairs.ts';
import { votedCode } from '../labels/vote-model.ts';
import { CODE } from '../study/verdict-codes.ts';
import type { DisagreementFilter } from './disagreement-filter.ts';

export interface DisagreementQuery {
  readonly data: CardData;
  readonly options: AgreementOptions;
  readonly filter: DisagreementFilter;
  /** Null where none is named, or while the study is blind. */
  readonly judge: JudgeColumn | null;
  /** Class of a pair; null where it has none. */
  readonly classOf: (pair: number) => string | null;
}

/** Somebody's verdict beside that of the rest. */
interface Parting {
  readonly who: number;
  readonly rest: number;
}

/** Places of the pairs, in study order. */
export function disagreements({ data, options, filter, judge, classOf }: DisagreementQuery): Int32Array {
  const people = consensusColumn(data, data.itemOfPair.length, options).codes;
  const inSlice = slicePairs(data, filter);
  const gapOf = filter.lengthGap === undefined ? null : lengthGaps(data);
  return Int32Array.from(people.keys()).filter((pair) => {
    if (inSlice !== null && !inSlice.has(pair)) return false;
    if (gapOf !== null && filter.lengthGap !== undefined) {
      const [above, upTo] = filter.lengthGap;
      const gap = gapOf(pair);
      if ((above > 0 && gap <= above) || gap > upTo) return false;
    }
    if (filter.class !== undefined && (classOf(pair) ?? 'none') !== filter.class) return false;
    const votes = data.raters.map(({ codes }) => votedCode(codes[pair], options.bothBad));
    const ofJudge: Parting | null =
      judge === null
        ? null
        : { who: foldCode(judge.codes[pair] ?? CODE.missing, options), rest: people[pair] ?? CODE.missing };
    if (filter.rater !== undefined) {
      const own = raterParting(data, filter.rater, votes);
      if (!isParting(own) || !isOf(own, filter.direction)) return false;
      return filter.between !== 'judge' || (ofJudge !== null && isParting(ofJudge));
    }
    const partings = [
      ...(filter.between === 'judge' ? [] : splitOf(votes.filter((code) => code >= 0))),
      ...(filter.between === 'raters' || ofJudge === null ? [] : [ofJudge]),
    ];
    return partings.some((parting) => isParting(parting) && isOf(parting, filter.direction));
  });
}

/** A rater beside what more than half of the others say. */
function raterParting(data: CardData, name: string, votes: readonly number[]): Parting {
  const own = data.raters.findIndex((rater) => rater.name === name);
  const rest = votes.map((code, index) => (index === own ? CODE.missing : code));
  return { who: votes[own] ?? CODE.missing, rest: labelOf(rest, 'majority') };
}

/** Each vote of a split beside a more frequent one; where two are as frequent, either beside the other. */
function splitOf(votes: readonly number[]): Parting[] {
  const said = [...new Set(votes)];
  return said.flatMap((rest) =>
    said
      .filter((who) => who !== rest && count(votes, who) <= count(votes, rest))
      .map((who) => ({ who, rest })),
  );
}

function count(votes: readonly number[], code: number): number {
  return votes.filter((each) => each === code).length;
}

function isParting({ who, rest }: Parting): boolean {
  return who >= 0 && rest >= 0 && who !== rest;
}

function isOf({ who, rest }: Parting, direction: DisagreementFilter['direction']): boolean {
  if (direction === undefined) return true;
  if (who > CODE.both_bad) return false;
  const isSide = (code: number) => code === CODE.first || code === CODE.second;
  if (direction === 'opposite') return isSide(who) && isSide(rest);
  return direction === 'side_against_tie' ? isSide(who) && !isSide(rest) : !isSide(who) && isSide(rest);
}

function slicePairs(data: CardData, { slice }: DisagreementFilter): Set<number> | null {
  if (slice === undefined) return null;
  const found = data.slices().find(({ name, value }) => name === slice.name && value === slice.value);
  return new Set(found?.pairs ?? []);
}

/** The gap of two outputs' lengths as a share of both. */
function lengthGaps(data: CardData): (pair: number) => number {
  const { length } = data.features();
  return (pair) => {
    const [one, two] = [length.first[pair] ?? 0, length.second[pair] ?? 0];
    return one + two === 0 ? 0 : Math.abs(one - two) / (one + two);
  };
}
