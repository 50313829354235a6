/** Which output of a pair has a property a judge may favour, and who favours it. */
import { CODE } from '../../study/verdict-codes.ts';
import type { CardData, JudgeColumn, SidesColumn } from './card-data.ts';
import type { ComparisonFilter } from './comparison-filter.ts';
import { familyOf, isSameModel } from './model-family.ts';

export type Feature = NonNullable<ComparisonFilter['favours']>['feature'];

/** A list is two items or more. */
const FEWEST_LIST_ITEMS = 2;

/** The side with the property: {@link CODE.first} or {@link CODE.second}, missing where both or neither have it. */
export function sideWithFeature(data: CardData, judge: JudgeColumn, feature: Feature): Int8Array {
  switch (feature) {
    case 'longer':
      return largerSide(data.features().length);
    case 'list':
      return onlySide(data.features().listItems, (items) => items >= FEWEST_LIST_ITEMS);
    case 'markdown':
      return largerSide(data.features().markdown);
    case 'own': {
      const isOwn = data.systems.map((system) => isSameModel(system, judge.model ?? judge.name));
      return onlySide(data.systemOf, (system) => isOwn[system] === true);
    }
    case 'family': {
      const family = familyOf(judge.model ?? judge.name);
      const isOfFamily = data.systems.map((system) => family !== null && familyOf(system) === family);
      return onlySide(data.systemOf, (system) => isOfFamily[system] === true);
    }
  }
}

/** Pairs in which exactly one output has the property and both judge and people chose a side. */
export interface Favours {
  readonly pairs: Int32Array;
  /** 1 where the output with the property is preferred, else 0. */
  readonly judge: Uint8Array;
  readonly people: Uint8Array;
}

export function favoursOf(sides: Int8Array, judge: Int8Array, people: Int8Array): Favours {
  const isDecided = (code: number | undefined) => code === CODE.first || code === CODE.second;
  const pairs = Int32Array.from(sides.keys()).filter(
    (pair) => (sides[pair] ?? -1) >= 0 && isDecided(judge[pair]) && isDecided(people[pair]),
  );
  return {
    pairs,
    judge: Uint8Array.from(pairs, (pair) => Number(judge[pair] === sides[pair])),
    people: Uint8Array.from(pairs, (pair) => Number(people[pair] === sides[pair])),
  };
}

function largerSide({ first, second }: SidesColumn): Int8Array {
  return Int8Array.from(first, (value, pair) => {
    const other = second[pair] ?? 0;
    return value > other ? CODE.first : value < other ? CODE.second : CODE.missing;
  });
}

function onlySide({ first, second }: SidesColumn, has: (value: number) => boolean): Int8Array {
  return Int8Array.from(first, (value, pair) => {
    const [one, two] = [has(value), has(second[pair] ?? 0)];
    return one === two ? CODE.missing : one ? CODE.first : CODE.second;
  });
}
