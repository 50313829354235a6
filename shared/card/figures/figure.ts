/** One number of the agreement card, with everything needed to defend it. */

import type { Estimate, Interval, Outcome } from '../../stats/estimate.ts';
import type { CardData } from '../columns/card-data.ts';
import type { ComparisonFilter } from '../columns/comparison-filter.ts';
import type { SplitSides } from '../columns/split-sides.ts';
import { MEASURES, type MeasureName, type Unit } from './measures.ts';
import { rowOf, type Subject, type Topic } from './subject.ts';

/** The parts of a card, in the order they are read. */
export const PART_NAMES = [
  'standing',
  'agreement',
  'policies',
  'people',
  'orders',
  'bias',
  'slices',
  'splits',
  'systems',
  'length',
  'confidence',
  'decision',
  'ranking',
  'judges',
] as const;
export type PartName = (typeof PART_NAMES)[number];

/** Parts that no judge changes: once for a study, however many judges have cards. */
export const STUDY_PART_NAMES = ['people', 'judges'] as const satisfies readonly PartName[];

export function isStudyPart(name: PartName): name is (typeof STUDY_PART_NAMES)[number] {
  return name === 'people' || name === 'judges';
}

export interface Figure {
  /** What of the part it is about: a slice, a policy, a rater. Unique with the measure within a part. */
  readonly subject: Subject;
  /** The subject in words, as unique as the subject. */
  readonly row: string;
  readonly measure: MeasureName;
  /** How many of what its measure counts it rests on. */
  readonly n: number;
  /** Null where it is undefined; never NaN. */
  readonly value: number | null;
  /** Why there is no value. */
  readonly reason: string | null;
  readonly interval: Interval | null;
  /** Why there is no interval; null where there is one or where a count needs none. */
  readonly noInterval: string | null;
  /** Which side of the stable split its pairs are on. */
  readonly split: SplitSides;
  /**
   * Whether pairs that were drawn with unequal chances weigh what they stand for in it. Null where there is nothing to weigh: no
   * such draw, a count, or a figure that rests on no label of people.
   */
  readonly weighing: 'weighed' | 'unweighed' | null;
  /** The seed of the resampling behind it. Null: no figure of the card is random. */
  readonly seed: null;
  /** The comparisons behind it; null where no list of comparisons is. */
  readonly behind: ComparisonFilter | null;
}

/** A sentence of a part, about one of its rows or a topic of its own. */
export interface Words {
  readonly row: string;
  readonly text: string;
}

export interface CardPart {
  readonly name: PartName;
  readonly figures: readonly Figure[];
  readonly words: readonly Words[];
}

/** A figure's name within a card. */
export function figureId(part: PartName, { row, measure }: Pick<Figure, 'row' | 'measure'>): string {
  return `${part}/${row}/${measure}`;
}

/** An interval as engine functions return it: bare, or wrapped in an outcome. */
export type IntervalOutcome = Outcome<{ readonly interval: Interval }> | null;

export interface FigureDetails {
  readonly interval?: IntervalOutcome;
  readonly behind?: ComparisonFilter | null;
  /** Whether it was worked out with the weights of drawn pairs, where there are any. */
  readonly isWeighed?: boolean;
}

/** Measures of what judges say, whoever labelled what. */
const WITHOUT_PEOPLE: ReadonlySet<MeasureName> = new Set([
  'consistency',
  'flip_rate',
  'order_kappa',
  'first_place_share',
  'repeat_consistency',
  'injection_rate',
  'naive_win_rate',
  'judges_kappa',
]);

/** Collects the figures and the sentences of one part. */
export class PartBuilder {
  readonly #name: PartName;
  readonly #figures: Figure[] = [];
  readonly #words: Words[] = [];
  readonly #split: SplitSides;
  readonly #isDrawn: boolean;
  readonly #splitOfRow = new Map<string, SplitSides>();
  readonly #taken = new Set<string>();

  /**
   * @param split of all rows that are not told to be of another
   * @param data whose weights say whether pairs were drawn with unequal chances
   */
  constructor(
    name: PartName,
    { split, data }: { readonly split: SplitSides; readonly data: Pick<CardData, 'weights'> },
  ) {
    this.#name = name;
    this.#split = split;
    this.#isDrawn = data.weights !== null;
  }

  /** Says of a subject, before it has figures, which side of the split its pairs are on. */
  subjectIsOf(subject: Subject, split: SplitSides): void {
    this.#splitOfRow.set(rowOf(subject), split);
  }

  /** Adds a figure. Throws on a subject and measure that are there already, because ids must be unique. */
  add(
    subject: Subject,
    measure: MeasureName,
    n: number,
    estimate: Estimate,
    details: FigureDetails = {},
  ): void {
    const { interval = null, behind = null, isWeighed = false } = details;
    const row = rowOf(subject);
    const id = figureId(this.#name, { row, measure });
    if (this.#taken.has(id)) throw new RangeError(`two figures are called ${id}`);
    this.#taken.add(id);
    if (estimate.defined && !Number.isFinite(estimate.value)) {
      throw new RangeError(`${id} is ${estimate.value}`);
    }
    this.#figures.push({
      subject,
      row,
      measure,
      n,
      value: estimate.defined ? estimate.value : null,
      reason: estimate.defined ? null : estimate.reason,
      interval:
        estimate.defined && interval?.defined === true
          ? clipInterval(interval.interval, MEASURES[measure].unit, estimate.value)
          : null,
      noInterval: estimate.defined && interval?.defined === false ? interval.reason : null,
      split: this.#splitOfRow.get(row) ?? this.#split,
      weighing:
        !this.#isDrawn || MEASURES[measure].unit === 'count' || WITHOUT_PEOPLE.has(measure)
          ? null
          : isWeighed
            ? 'weighed'
            : 'unweighed',
      seed: null,
      behind,
    });
  }

  /** Adds a plain count. */
  count(subject: Subject, measure: MeasureName, count: number, behind: ComparisonFilter | null = null): void {
    this.add(subject, measure, count, { defined: true, value: count }, { behind });
  }

  say(about: Subject | Topic, text: string): void {
    this.#words.push({ row: typeof about === 'string' ? about : rowOf(about), text });
  }

  part(): CardPart {
    return { name: this.#name, figures: this.#figures, words: this.#words };
  }
}

/** Where what a unit measures ends; null where it goes on. */
const RANGES: Readonly<Partial<Record<Unit, readonly [low: number, high: number]>>> = {
  share: [0, 1],
  mean_share: [0, 1],
  coefficient: [-1, 1],
  points: [-1, 1],
  difference: [-2, 2],
};

/** Intervals end where what they are about ends, wherever a normal or t interval would go on, and hold their estimate. */
function clipInterval({ low, high, level, method }: Interval, unit: Unit, value: number): Interval {
  if (!Number.isFinite(low) || !Number.isFinite(high)) throw new RangeError(`an interval ${low} to ${high}`);
  const [least, most] = RANGES[unit] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return {
    low: Math.min(value, Math.max(least, low)),
    high: Math.max(value, Math.min(most, high)),
    level,
    method,
  };
}

/** An outcome's own value as an estimate. */
export function estimateOf(outcome: Outcome<{ readonly value: number }>): Estimate {
  return outcome.defined ? { defined: true, value: outcome.value } : outcome;
}
