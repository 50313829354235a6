/** Which output of a pair has a property a judge may favour, and who favours it. */
import { placesWhere, valuesAt } from '../../columns/column.ts';
import { CODE, isSide } from '../../study/verdict-codes.ts';
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
      return onlySide(data.systemOf(), (system) => isOwn[system] === true);
    }
    case 'family': {
      const family = familyOf(judge.model ?? judge.name);
      const isOfFamily = data.systems.map((system) => family !== null && familyOf(system) === family);
      return onlySide(data.systemOf(), (system) => isOfFamily[system] === true);
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
  const pairs = placesWhere(
    sides.length,
    (pair) => (sides[pair] ?? -1) >= 0 && isSide(judge[pair]) && isSide(people[pair]),
  );
  const of = valuesAt(sides, pairs);
  const isSame = (codes: Int8Array) => {
    const own = valuesAt(codes, pairs);
    const flags = new Uint8Array(pairs.length);
    for (let row = 0; row < flags.length; row++) flags[row] = own[row] === of[row] ? 1 : 0;
    return flags;
  };
  return { pairs, judge: isSame(judge), people: isSame(people) };
}

function largerSide({ first, second }: SidesColumn): Int8Array {
  const sides = new Int8Array(first.length);
  for (let pair = 0; pair < sides.length; pair++) {
    const [one, two] = [first[pair] ?? 0, second[pair] ?? 0];
    sides[pair] = one > two ? CODE.first : one < two ? CODE.second : CODE.missing;
  }
  return sides;
}

function onlySide({ first, second }: SidesColumn, has: (value: number) => boolean): Int8Array {
  const sides = new Int8Array(first.length);
  for (let pair = 0; pair < sides.length; pair++) {
    const [one, two] = [has(first[pair] ?? 0), has(second[pair] ?? 0)];
    sides[pair] = one === two ? CODE.missing : one ? CODE.first : CODE.second;
  }
  return sides;
}
