/** Finds the pairs on which raters part from each other, or a judge from their label. */
import type { AgreementOptions } from '../agreement-options.ts';
import type { CardData, JudgeColumn } from '../card/card-data.ts';
import { labelOf } from '../consensus.ts';
import { consensusColumn } from '../consensus-column.ts';
import { CODE } from '../verdict-codes.ts';
import { votedCode } from '../vote-model.ts';
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
  const rater = data.raters.find(({ name }) => name === filter.rater);
  const inSlice = slicePairs(data, filter);
  const gapOf = filter.lengthGap === undefined ? null : lengthGaps(data);
  return Int32Array.from(people.keys()).filter((pair) => {
    if (inSlice !== null && !inSlice.has(pair)) return false;
    if (gapOf !== null && filter.lengthGap !== undefined) {
      const [above, upTo] = filter.lengthGap;
      const gap = gapOf(pair);
      if (gap <= above || gap > upTo) return false;
    }
    if (filter.class !== undefined && (classOf(pair) ?? 'none') !== filter.class) return false;
    const votes = data.raters.map(({ codes }) => votedCode(codes[pair], options.bothBad));
    const partings: Parting[] = [];
    if (filter.between !== 'judge') {
      if (filter.rater === undefined) partings.push(...splitOf(votes.filter((code) => code >= 0)));
      else if (rater !== undefined) {
        const rest = data.raters.map((each, index) => (each === rater ? CODE.missing : (votes[index] ?? -1)));
        partings.push({
          who: votedCode(rater.codes[pair], options.bothBad),
          rest: labelOf(rest, 'majority'),
        });
      }
    }
    if (filter.between !== 'raters' && judge !== null)
      partings.push({ who: votedCode(judge.codes[pair], options.bothBad), rest: people[pair] ?? -1 });
    return partings.some((parting) => isParting(parting) && isOf(parting, filter.direction));
  });
}

/** The most frequent vote of a split beside another one, sides before ties. */
function splitOf(votes: readonly number[]): Parting[] {
  const said = [...new Set(votes)].sort((one, two) => count(votes, two) - count(votes, one) || one - two);
  const [rest, ...others] = said;
  return rest === undefined ? [] : others.map((who) => ({ who, rest }));
}

function count(votes: readonly number[], code: number): number {
  return votes.filter((each) => each === code).length;
}

function isParting({ who, rest }: Parting): boolean {
  return who >= 0 && rest >= 0 && who !== rest;
}

function isOf({ who, rest }: Parting, direction: DisagreementFilter['direction']): boolean {
  if (direction === undefined) return true;
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
export function lengthGaps(data: CardData): (pair: number) => number {
  const { length } = data.features();
  return (pair) => {
    const [one, two] = [length.first[pair] ?? 0, length.second[pair] ?? 0];
    return one + two === 0 ? 0 : Math.abs(one - two) / (one + two);
  };
}
