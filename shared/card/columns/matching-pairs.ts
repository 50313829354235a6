/** Finds the comparisons behind a figure. */
import type { AgreementOptions } from '../../labels/agreement-options.ts';
import { consensusColumn } from '../../labels/consensus-column.ts';
import { cellsOf, foldCode } from '../../labels/label-pairs.ts';
import { CODE } from '../../study/verdict-codes.ts';
import type { CardData, JudgeColumn } from './card-data.ts';
import type { ComparisonFilter } from './comparison-filter.ts';
import { judgesUnder } from './judges-under.ts';
import { favoursOf, sideWithFeature } from './pair-features.ts';
import { isSameAnswer, PLACE, placeOf } from './place-verdicts.ts';

/** A filter names a rater, a judge, a slice or a system that the data does not have. */
export interface UnknownName {
  readonly unknown: 'rater' | 'judge' | 'slice' | 'system';
  readonly name: string;
}

class UnknownNameError extends Error {
  readonly found: UnknownName;
  constructor(found: UnknownName) {
    super(`no ${found.unknown} named ${found.name}`);
    this.found = found;
  }
}

/** Places of the pairs a filter selects, in study order. */
export function matchingPairs(
  all: CardData,
  options: AgreementOptions,
  filter: ComparisonFilter,
): Int32Array | UnknownName {
  const data = judgesUnder(all, options);
  try {
    const conditions = conditionsOf(data, options, filter);
    return Int32Array.from(data.itemOfPair.keys()).filter((pair) => conditions.every((holds) => holds(pair)));
  } catch (error) {
    if (error instanceof UnknownNameError) return error.found;
    throw error;
  }
}

type Condition = (pair: number) => boolean;

function conditionsOf(data: CardData, options: AgreementOptions, filter: ComparisonFilter): Condition[] {
  const { between } = filter;
  const people = consensusColumn(data, data.itemOfPair.length, options).codes;
  const judge =
    'judge' in between
      ? judgeNamed(data, between.judge)
      : 'judgeA' in between
        ? judgeNamed(data, between.judgeA)
        : null;
  const [rows, columns] = comparedColumns(data, people, between);
  // What the judge does between its orders, or which system it is about, needs no label of people.
  const isAboutJudge = filter.orders !== undefined || filter.system !== undefined;
  const conditions: Condition[] = isAboutJudge ? [] : [isLabelled(options, rows, columns, filter)];
  if (filter.slice !== undefined) {
    const { name, value } = filter.slice;
    const slice = data.slices().find((each) => each.name === name && each.value === value);
    if (slice === undefined) throw new UnknownNameError({ unknown: 'slice', name: `${name}=${value}` });
    const pairs = new Set(slice.pairs);
    conditions.push((pair) => pairs.has(pair));
  }
  if (filter.systems !== undefined) {
    const wanted = filter.systems.map((name) => systemNamed(data, name)).sort((one, two) => one - two);
    const { first, second } = data.systemOf();
    conditions.push((pair) => {
      const met = [first[pair] ?? 0, second[pair] ?? 0].sort((one, two) => one - two);
      return met[0] === wanted[0] && met[1] === wanted[1];
    });
  }
  if (filter.system !== undefined) {
    const system = systemNamed(data, filter.system);
    const { first, second } = data.systemOf();
    conditions.push((pair) => (first[pair] === system) !== (second[pair] === system));
  }
  if (filter.lengthGap !== undefined) conditions.push(gapWithin(data, filter.lengthGap));
  if (judge !== null) conditions.push(...judgeConditions(data, judge, people, filter));
  return conditions;
}

/** Both sides have a label under the options, in the cell asked for. */
function isLabelled(
  options: AgreementOptions,
  rows: Int8Array,
  columns: Int8Array,
  { row, column, agree }: ComparisonFilter,
): Condition {
  return (pair) => {
    const cells = cellsOf(
      foldCode(rows[pair] ?? CODE.missing, options),
      foldCode(columns[pair] ?? CODE.missing, options),
      options.ties,
    );
    return cells.some(
      (cell) =>
        (row === undefined || cell.row === CODE[row]) &&
        (column === undefined || cell.column === CODE[column]) &&
        (agree === undefined || (cell.row === cell.column) === agree),
    );
  };
}

function judgeConditions(
  data: CardData,
  judge: JudgeColumn,
  people: Int8Array,
  { orders, favours, confidence }: ComparisonFilter,
): Condition[] {
  const conditions: Condition[] = [];
  if (orders !== undefined) {
    conditions.push((pair) => {
      const one = placeOf(judge.firstShownFirst[pair] ?? CODE.missing, true);
      const two = placeOf(judge.secondShownFirst[pair] ?? CODE.missing, false);
      return one >= 0 && two >= 0 && ordersKind(one, two) === orders;
    });
  }
  if (favours !== undefined) {
    const sides = sideWithFeature(data, judge, favours.feature);
    const found = favoursOf(sides, judge.codes, people);
    const { by } = favours;
    const chosen = new Set(
      [...found.pairs].filter((_pair, index) => {
        const [ofJudge, ofPeople] = [found.judge[index] === 1, found.people[index] === 1];
        if (by === 'judge') return ofJudge;
        if (by === 'people') return ofPeople;
        return by === 'judge_only' ? ofJudge && !ofPeople : ofPeople && !ofJudge;
      }),
    );
    conditions.push((pair) => chosen.has(pair));
  }
  if (confidence !== undefined) {
    const [above, upTo] = confidence;
    conditions.push((pair) => {
      const score = judge.sureness?.values[pair] ?? Number.NaN;
      return score > above && score <= upTo;
    });
  }
  return conditions;
}

function ordersKind(one: number, two: number): NonNullable<ComparisonFilter['orders']> {
  if (isSameAnswer(one, two)) return 'same';
  if (one === PLACE.first && two === PLACE.first) return 'both_first';
  return one === PLACE.second && two === PLACE.second ? 'both_second' : 'other';
}

function gapWithin(data: CardData, [above, upTo]: readonly [number, number]): Condition {
  const { length } = data.features();
  return (pair) => {
    const [first, second] = [length.first[pair] ?? 0, length.second[pair] ?? 0];
    const gap = first + second === 0 ? 0 : Math.abs(first - second) / (first + second);
    return gap > above && gap <= upTo;
  };
}

function comparedColumns(
  data: CardData,
  people: Int8Array,
  between: ComparisonFilter['between'],
): [Int8Array, Int8Array] {
  if ('raterA' in between) return [raterNamed(data, between.raterA), raterNamed(data, between.raterB)];
  if ('judgeA' in between) {
    return [judgeNamed(data, between.judgeA).codes, judgeNamed(data, between.judgeB).codes];
  }
  const rows = 'rater' in between ? raterNamed(data, between.rater) : people;
  return [rows, judgeNamed(data, between.judge).codes];
}

function raterNamed(data: CardData, name: string): Int8Array {
  const rater = data.raters.find((candidate) => candidate.name === name);
  if (rater === undefined) throw new UnknownNameError({ unknown: 'rater', name });
  return rater.codes;
}

function judgeNamed(data: CardData, name: string): JudgeColumn {
  const judge = data.judges.find((candidate) => candidate.name === name);
  if (judge === undefined) throw new UnknownNameError({ unknown: 'judge', name });
  return judge;
}

function systemNamed(data: CardData, name: string): number {
  const system = data.systems.indexOf(name);
  if (system < 0) throw new UnknownNameError({ unknown: 'system', name });
  return system;
}
