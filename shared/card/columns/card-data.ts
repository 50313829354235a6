/** Everything a card is computed from, in columns: one entry per pair. */

import { valuesAt } from '../../columns/column.ts';
import type { SurenessColumn } from '../../judge/sureness.ts';
import type { RaterColumn } from '../../labels/vote-model.ts';
import { CODE } from '../../study/verdict-codes.ts';
import type { SliceName } from './comparison-filter.ts';

export interface JudgeColumn {
  readonly name: string;
  /** The verdict over both orders. */
  readonly codes: Int8Array;
  /** The verdict with the pair's first output shown first, and with its second; about the pair, not the place. */
  readonly firstShownFirst: Int8Array;
  readonly secondShownFirst: Int8Array;
  /** How sure it is of its verdict on each pair; null where it gave no number that says so. */
  readonly sureness: SurenessColumn | null;
  /**
   * Stated preferences, the mean over orders and samples: from 1, surely the first output, to −1, surely the second; NaN where there
   * is none, null without any.
   */
  readonly preferences: Float64Array | null;
  /** Why numbers it gave move no figure; null where all that it gave are used. */
  readonly unusedScores: string | null;
  /** What it is, where its definition is known; else its name is all there is. */
  readonly model: string | null;
  /** The plurality of all samples of both orders, where “agree, else inconsistent” is not wanted. */
  readonly pooled: Int8Array;
  /** Mean probability over both orders that the first output is the better one, NaN where there is none; null without any. */
  readonly probabilityFirst: Float64Array | null;
  /** 1 where the judge was written against the pair; null where it was written against none. */
  readonly tunedOn: Uint8Array | null;
  /** How it took outputs that tell it what to choose: tried, and fallen for. Null where it was not probed. */
  readonly probes: { readonly tried: number; readonly fell: number } | null;
  /** Verdicts on the pairs it was written against, once they are taken out of all others. */
  readonly tunedCodes: Int8Array | null;
  /** Repeated samples of one order: how many pairs of them say the same, of how many. Null without repeats. */
  readonly repeats: { readonly same: Int32Array; readonly pairs: Int32Array } | null;
}

/** A property of both outputs of every pair. */
export interface SidesColumn {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** The name under which the stable split of items is a slice like any other. */
export const SPLIT_SLICE = 'stable split';

export interface CardData {
  /** The study's number of each pair: what a filter selects. */
  readonly pairIds: Int32Array;
  readonly itemOfPair: Int32Array;
  readonly itemCount: number;
  /** Raters whose votes count. */
  readonly raters: readonly RaterColumn[];
  /** By how many steps a side can be better: what the scale declares, or votes were imported with; 0 where no vote says. */
  readonly strengths: 0 | 2 | 3;
  /** Raters whose votes were left out by the lead. */
  readonly excluded: readonly string[];
  /** How many pairs of the study are left out: they are not among these. */
  readonly leftOut: number;
  /** Of the raters whose votes count, those of whom the quality watch warns; worked out when first asked for. */
  readonly warned: () => readonly string[];
  /** What adjudicators decided of each pair; null where there was no adjudication. */
  readonly adjudicated: Int8Array | null;
  readonly judges: readonly JudgeColumn[];
  /**
   * How many of the study's pairs each labelled pair stands for, scaled to a mean of 1; 0 outside every draw. Null where
   * each stands for as many: no draw, or one that gave every pair the same chance.
   */
  readonly weights: Float64Array | null;
  /** Names of systems, or stand-ins for them while the study is blind. */
  readonly systems: readonly string[];
  readonly systemsAreNamed: boolean;
  /** Read when first asked for. */
  readonly systemOf: () => SidesColumn;
  /** 1 for each pair on the dev side of the stable split; told from the prompts when first asked for. */
  readonly isOnDev: () => Uint8Array;
  /** Worked out from the texts when first asked for. */
  readonly features: () => FeatureColumns;
  readonly slices: () => readonly SlicePairs[];
}

/** How the outputs of every pair look. */
export interface FeatureColumns {
  /** Characters. */
  readonly length: SidesColumn;
  /** Lines that are items of a list. */
  readonly listItems: SidesColumn;
  /** Headings, bold runs, code, tables and links. */
  readonly markdown: SidesColumn;
}

export interface SlicePairs extends SliceName {
  /** Places of its pairs, ascending. */
  readonly pairs: Int32Array;
}

/** Calls a function once and keeps what it returns. */
export function once<Value>(make: () => Value): () => Value {
  let kept: { readonly value: Value } | null = null;
  return () => {
    kept ??= { value: make() };
    return kept.value;
  };
}

/** The data of some of the pairs. Items are numbered anew; raters and judges who said nothing about them are left out. */
export function subsetOfPairs(data: CardData, pairs: Int32Array): CardData {
  const take = (column: Int8Array) => Int8Array.from(pairs, (pair) => column[pair] ?? CODE.missing);
  const numbers = (column: Float64Array) => Float64Array.from(pairs, (pair) => column[pair] ?? Number.NaN);
  const integers = (column: Int32Array) => Int32Array.from(pairs, (pair) => column[pair] ?? 0);
  const sides = ({ first, second }: SidesColumn): SidesColumn => ({
    first: integers(first),
    second: integers(second),
  });
  const numberOf = new Map<number, number>();
  const itemOfPair = Int32Array.from(pairs, (pair) => {
    const item = data.itemOfPair[pair] ?? 0;
    const known = numberOf.get(item);
    if (known !== undefined) return known;
    numberOf.set(item, numberOf.size);
    return numberOf.size - 1;
  });
  const placeOf = new Map(Array.from(pairs, (pair, place) => [pair, place]));
  return {
    pairIds: integers(data.pairIds),
    itemOfPair,
    itemCount: numberOf.size,
    raters: data.raters
      .map(({ name, codes, strengths }) => ({
        name,
        codes: take(codes),
        ...(strengths === undefined ? {} : { strengths: take(strengths) }),
      }))
      .filter(spoke),
    strengths: data.strengths,
    excluded: data.excluded,
    leftOut: data.leftOut,
    warned: data.warned,
    adjudicated: data.adjudicated === null ? null : take(data.adjudicated),
    judges: data.judges
      .map((judge) => ({
        name: judge.name,
        model: judge.model,
        probes: judge.probes,
        codes: take(judge.codes),
        pooled: take(judge.pooled),
        probabilityFirst: judge.probabilityFirst === null ? null : numbers(judge.probabilityFirst),
        preferences: judge.preferences === null ? null : numbers(judge.preferences),
        tunedOn: judge.tunedOn === null ? null : Uint8Array.from(pairs, (pair) => judge.tunedOn?.[pair] ?? 0),
        tunedCodes: judge.tunedCodes === null ? null : take(judge.tunedCodes),
        firstShownFirst: take(judge.firstShownFirst),
        secondShownFirst: take(judge.secondShownFirst),
        sureness:
          judge.sureness === null
            ? null
            : {
                source: judge.sureness.source,
                values: numbers(judge.sureness.values),
              },
        unusedScores: judge.unusedScores,
        repeats:
          judge.repeats === null
            ? null
            : { same: integers(judge.repeats.same), pairs: integers(judge.repeats.pairs) },
      }))
      .filter(spoke),
    weights: data.weights === null ? null : Float64Array.from(pairs, (pair) => data.weights?.[pair] ?? 0),
    systems: data.systems,
    systemsAreNamed: data.systemsAreNamed,
    systemOf: once(() => sides(data.systemOf())),
    isOnDev: once(() => valuesAt(data.isOnDev(), pairs)),
    features: once(() => {
      const { length, listItems, markdown } = data.features();
      return { length: sides(length), listItems: sides(listItems), markdown: sides(markdown) };
    }),
    slices: once(() =>
      data
        .slices()
        .map(({ name, value, pairs: all }) => ({
          name,
          value,
          pairs: Int32Array.from([...all].flatMap((pair) => placeOf.get(pair) ?? [])),
        }))
        .filter((slice) => slice.pairs.length > 0),
    ),
  };
}

/** Whether a source said anything about any pair. */
export function spoke({ codes }: { readonly codes: Int8Array }): boolean {
  return codes.some((code) => code !== CODE.missing);
}
