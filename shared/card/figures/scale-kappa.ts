/** Kappa of two columns of places on one ordered scale, with linear weights. */

import { tableOfPatterns } from '../../stats/resampling/item-patterns.ts';
import { disagreementWeights } from '../../stats/two-raters/category-weights.ts';
import { cohensKappa } from '../../stats/two-raters/cohens-kappa.ts';
import { kappaScoreInterval } from '../../stats/two-raters/kappa-score-interval.ts';
import type { ComparisonFilter } from '../columns/comparison-filter.ts';
import { gradePlaces, placeOfGrade } from '../columns/grades.ts';
import type { PeopleView } from '../columns/judge-view.ts';
import { estimateOf, type PartBuilder } from './figure.ts';
import type { MeasureName } from './measures.ts';
import { scalePatterns } from './scale-patterns.ts';
import type { Subject } from './subject.ts';

interface OnScale {
  /** Places from 0; negative for none. */
  readonly rows: Int8Array;
  readonly columns: Int8Array;
  /** Places of the scale, used or not. */
  readonly size: number;
  readonly behind: ComparisonFilter;
}

export function addScaleKappa(
  builder: PartBuilder,
  subject: Subject,
  measure: MeasureName,
  { data, options }: PeopleView,
  { rows, columns, size, behind }: OnScale,
): void {
  const patterns = scalePatterns({ ...data, rows, columns }, size);
  const weights = disagreementWeights(size, 'linear');
  const kappa = cohensKappa(tableOfPatterns(patterns), options.level, weights);
  builder.add(subject, measure, patterns.rows, estimateOf(kappa), {
    isWeighed: true,
    interval: kappa.defined ? kappaScoreInterval(patterns, options.level, weights) : null,
    behind,
  });
}

/** The same of two columns of grades. */
export function addGradedKappa(
  builder: PartBuilder,
  subject: Subject,
  view: PeopleView,
  rows: Int8Array,
  columns: Int8Array,
  behind: ComparisonFilter,
): void {
  const { strengths } = view.data;
  const placesOf = (grades: Int8Array) => grades.map((grade) => placeOfGrade(grade, strengths));
  addScaleKappa(builder, subject, 'graded_kappa', view, {
    rows: placesOf(rows),
    columns: placesOf(columns),
    size: gradePlaces(strengths),
    behind,
  });
}
