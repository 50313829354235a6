/** How well a score orders positives above negatives. Labels are 0 or 1; undefined without both. */
import { normalReach, normalTwoSidedP } from '../distribution/normal.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { meanOf } from '../numeric/moments.ts';
import { midRanks } from '../ranking/mid-ranks.ts';

/** The area under the ROC curve with DeLong's error. */
export interface AreaUnderCurve {
  /** The chance that a positive scores above a negative, ties half. */
  readonly value: number;
  /** Undefined with a single case of a class. */
  readonly variance: Estimate;
  /** Normal, clipped to [0, 1]; a single point when the two classes are separated. Undefined where the variance is. */
  readonly interval: Outcome<Interval>;
}

const ONE_CLASS = 'both classes are needed';

/** AUC with the large-sample variance of DeLong, DeLong & Clarke-Pearson (1988), in O(n log n) from mid-ranks. */
export function areaUnderCurve(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  level = 0.95,
): Outcome<AreaUnderCurve> {
  const parts = placements(labels, scores);
  if (parts === null) return undefinedBecause(ONE_CLASS);
  if (parts.positives.length < 2 || parts.negatives.length < 2) {
    const none = undefinedBecause('a class has a single case, which shows no variance');
    return { defined: true, value: parts.area, variance: none, interval: none };
  }
  const variance = covarianceOf(parts, parts);
  const reach = normalReach(level) * Math.sqrt(variance);
  return {
    defined: true,
    value: parts.area,
    variance: { defined: true, value: variance },
    interval: {
      defined: true,
      low: Math.max(0, parts.area - reach),
      high: Math.min(1, parts.area + reach),
      level,
      method: 'DeLong (clipped)',
    },
  };
}

/** Two scores on the same cases. */
export interface PairedAreas {
  readonly difference: number;
  readonly covariance: number;
  /** Undefined when the two scores order the cases alike. */
  readonly test: Outcome<{ readonly z: number; readonly p: number }>;
}

/** DeLong's test of two AUCs on the same cases, first − second. */
export function compareAreas(
  labels: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): Outcome<PairedAreas> {
  const one = placements(labels, first);
  const two = placements(labels, second);
  if (one === null || two === null) return undefinedBecause(ONE_CLASS);
  if (one.positives.length < 2 || one.negatives.length < 2) {
    return undefinedBecause('a class has a single case, which shows no variance');
  }
  const covariance = covarianceOf(one, two);
  const variance = covarianceOf(one, one) + covarianceOf(two, two) - 2 * covariance;
  const difference = one.area - two.area;
  const z = difference / Math.sqrt(variance);
  return {
    defined: true,
    difference,
    covariance,
    test:
      variance > 1e-18
        ? { defined: true, z, p: normalTwoSidedP(z) }
        : undefinedBecause('the two scores order the cases alike'),
  };
}

interface Placements {
  readonly area: number;
  /** For each positive the share of negatives below it, and for each negative the share of positives above. */
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

function placements(labels: ArrayLike<number>, scores: ArrayLike<number>): Placements | null {
  const indices = Array.from({ length: labels.length }, (_label, index) => index);
  const positive = indices.filter((index) => labels[index] === 1);
  const negative = indices.filter((index) => labels[index] !== 1);
  if (positive.length === 0 || negative.length === 0) return null;
  const { ranks } = midRanks(scores);
  const within = (members: number[]) => midRanks(members.map((index) => scores[index] ?? 0)).ranks;
  const [ownPositive, ownNegative] = [within(positive), within(negative)];
  const positives = Float64Array.from(
    positive,
    (index, place) => ((ranks[index] ?? 0) - (ownPositive[place] ?? 0)) / negative.length,
  );
  const negatives = Float64Array.from(
    negative,
    (index, place) => 1 - ((ranks[index] ?? 0) - (ownNegative[place] ?? 0)) / positive.length,
  );
  return { area: meanOf(positives), positives, negatives };
}

function covarianceOf(one: Placements, two: Placements): number {
  return (
    sampleCovariance(one.positives, two.positives) / one.positives.length +
    sampleCovariance(one.negatives, two.negatives) / one.negatives.length
  );
}

function sampleCovariance(one: Float64Array, two: Float64Array): number {
  const [oneMean, twoMean] = [meanOf(one), meanOf(two)];
  const sum = one.reduce((total, each, index) => total + (each - oneMean) * ((two[index] ?? 0) - twoMean), 0);
  return sum / (one.length - 1);
}

/** A point of the curve: rates at or above a threshold. */
export interface RocPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** The ROC curve from (0, 0): one point per distinct score, thresholds falling. */
export function rocPoints(labels: ArrayLike<number>, scores: ArrayLike<number>): RocPoint[] {
  const steps = thresholdCounts(labels, scores);
  const last = steps.at(-1);
  if (last === undefined || last.positives === 0 || last.negatives === 0) return [];
  return [{ positives: 0, negatives: 0 }, ...steps].map(({ positives, negatives }) => ({
    falsePositiveRate: negatives / last.negatives,
    truePositiveRate: positives / last.positives,
  }));
}

/** Average precision: Σ precision · gain in recall over falling thresholds, without interpolation. */
export function averagePrecision(labels: ArrayLike<number>, scores: ArrayLike<number>): Estimate {
  const steps = thresholdCounts(labels, scores);
  const total = steps.at(-1)?.positives ?? 0;
  if (total === 0) return undefinedBecause('there is no positive case');
  let before = 0;
  let value = 0;
  for (const { positives, negatives } of steps) {
    value += ((positives - before) / total) * (positives / (positives + negatives));
    before = positives;
  }
  return { defined: true, value };
}

/** Positives and negatives at or above every distinct score, from the highest. */
function thresholdCounts(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
): { positives: number; negatives: number }[] {
  const order = Array.from({ length: scores.length }, (_score, index) => index).sort(
    (first, second) => (scores[second] ?? 0) - (scores[first] ?? 0),
  );
  const steps: { positives: number; negatives: number }[] = [];
  let [positives, negatives] = [0, 0];
  order.forEach((index, place) => {
    if (labels[index] === 1) positives++;
    else negatives++;
    const next = order[place + 1];
    if (next === undefined || scores[next] !== scores[index]) steps.push({ positives, negatives });
  });
  return steps;
}
