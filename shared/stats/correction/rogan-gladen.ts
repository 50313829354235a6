/** The true rate behind a judge's rate, from how often the judge errs on labelled items. */
import { normalReach } from '../distribution/normal.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { percentileInterval } from '../resampling/bootstrap-interval.ts';
import { multinomialDraw } from '../resampling/multinomial-draw.ts';
import { MOST_UNDEFINED_SHARE } from '../resampling/resample.ts';

/** What a judge said on labelled items, and how often it passed the unlabelled ones. */
export interface JudgeCounts {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  readonly falsePositives: number;
  readonly unlabelledPositives: number;
  readonly unlabelled: number;
}

/** The judge's rates. */
export interface JudgeRates {
  /** Of the items that pass, the share the judge passes. */
  readonly sensitivity: Estimate;
  /** Of the items that fail, the share the judge fails. */
  readonly specificity: Estimate;
  /** The share of unlabelled items the judge passes. */
  readonly rawRate: Estimate;
}

/** A corrected rate. */
export interface CorrectedRate {
  /** Clipped to [0, 1]. */
  readonly value: number;
  /** Outside [0, 1] the error rates cannot be those of the unlabelled items. */
  readonly unclipped: number;
  readonly standardError: number;
  /** Delta method, unclipped. */
  readonly interval: Interval;
  /** Sensitivity + specificity − 1: below about 0.2 the correction is unstable. */
  readonly youden: number;
}

const NO_BETTER_THAN_CHANCE = 'the judge is no better than chance: sensitivity + specificity ≤ 1';

/** Sensitivity, specificity and raw rate, each undefined without items to see it on. */
export function judgeRates(counts: JudgeCounts): JudgeRates {
  const share = (part: number, whole: number, reason: string): Estimate =>
    whole === 0 ? undefinedBecause(reason) : { defined: true, value: part / whole };
  return {
    sensitivity: share(
      counts.truePositives,
      counts.truePositives + counts.falseNegatives,
      'no labelled item passes',
    ),
    specificity: share(
      counts.trueNegatives,
      counts.trueNegatives + counts.falsePositives,
      'no labelled item fails',
    ),
    rawRate: share(counts.unlabelledPositives, counts.unlabelled, 'there is no unlabelled item'),
  };
}

/**
 * Rogan & Gladen's estimate (1978): (raw + specificity − 1)/(sensitivity + specificity − 1), with the variance of three
 * independent binomials. Assumes the judge errs on the unlabelled items as it does on the labelled ones: check that
 * label mix and scores match. Undefined when sensitivity + specificity ≤ 1.
 */
export function roganGladen(counts: JudgeCounts, level = 0.95): Outcome<CorrectedRate> {
  const rates = judgeRates(counts);
  if (!rates.sensitivity.defined) return rates.sensitivity;
  if (!rates.specificity.defined) return rates.specificity;
  if (!rates.rawRate.defined) return rates.rawRate;
  const [sensitivity, specificity] = [rates.sensitivity.value, rates.specificity.value];
  const raw = rates.rawRate.value;
  const youden = sensitivity + specificity - 1;
  if (youden <= 1e-12) return undefinedBecause(NO_BETTER_THAN_CHANCE);
  const unclipped = (raw + specificity - 1) / youden;
  const positives = counts.truePositives + counts.falseNegatives;
  const negatives = counts.trueNegatives + counts.falsePositives;
  const variance =
    (raw * (1 - raw)) / counts.unlabelled +
    (unclipped ** 2 * sensitivity * (1 - sensitivity)) / positives +
    ((1 - unclipped) ** 2 * specificity * (1 - specificity)) / negatives;
  const standardError = Math.sqrt(variance) / youden;
  const reach = normalReach(level) * standardError;
  return {
    defined: true,
    value: clip(unclipped),
    unclipped,
    standardError,
    interval: { low: unclipped - reach, high: unclipped + reach, level, method: 'delta method' },
    youden,
  };
}

/**
 * Lang & Reiczigel's interval (2014), the default for small label sets: one success and one failure added to
 * sensitivity and specificity, z²/2 to the raw rate, and a shifted centre. Clipped to [0, 1]. The estimate beside it is
 * Rogan & Gladen's, negative ones as 0 and those above 1 kept, as asht prints it. Undefined where theirs is, and where
 * the adjusted rates are no better than chance.
 */
export function langReiczigelInterval(
  counts: JudgeCounts,
  level = 0.95,
): Outcome<{ estimate: number; interval: Interval }> {
  const plain = roganGladen(counts, level);
  if (!plain.defined) return plain;
  const z = normalReach(level);
  const positives = counts.truePositives + counts.falseNegatives + 2;
  const negatives = counts.trueNegatives + counts.falsePositives + 2;
  const unlabelled = counts.unlabelled + z ** 2;
  const sensitivity = (counts.truePositives + 1) / positives;
  const specificity = (counts.trueNegatives + 1) / negatives;
  const raw = (counts.unlabelledPositives + z ** 2 / 2) / unlabelled;
  const youden = sensitivity + specificity - 1;
  if (youden <= 0) return undefinedBecause(NO_BETTER_THAN_CHANCE);
  const rate = (raw + specificity - 1) / youden;
  const ofSensitivity = (sensitivity * (1 - sensitivity)) / positives;
  const ofSpecificity = (specificity * (1 - specificity)) / negatives;
  const shift = 2 * z ** 2 * (rate * ofSensitivity - (1 - rate) * ofSpecificity);
  const reach =
    z *
    Math.sqrt((raw * (1 - raw)) / unlabelled + rate ** 2 * ofSensitivity + (1 - rate) ** 2 * ofSpecificity);
  return {
    defined: true,
    estimate: Math.max(0, plain.unclipped),
    interval: {
      low: clip(rate + shift - reach / youden),
      high: clip(rate + shift + reach / youden),
      level,
      method: 'Lang–Reiczigel (clipped)',
    },
  };
}

/**
 * A percentile interval of the clipped estimate that resamples labelled *and* unlabelled items. Resampling only the
 * labelled ones treats the raw rate as exact and covers far less than it says. Undefined when more than 5 % of the
 * resamples have no estimate.
 *
 * @param unit uniform random numbers in [0, 1)
 */
export function correctedRateBootstrap(
  counts: JudgeCounts,
  unit: () => number,
  replicates = 2_000,
  level = 0.95,
): Outcome<{ interval: Interval; replicates: number; undefinedReplicates: number }> {
  const labelled = Float64Array.of(
    counts.truePositives,
    counts.falseNegatives,
    counts.trueNegatives,
    counts.falsePositives,
  );
  const unlabelled = Float64Array.of(
    counts.unlabelledPositives,
    counts.unlabelled - counts.unlabelledPositives,
  );
  const labelledTotal = labelled.reduce((sum, count) => sum + count, 0);
  const [drawn, redrawn] = [new Float64Array(4), new Float64Array(2)];
  const values: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    multinomialDraw(labelled, labelledTotal, unit, drawn);
    multinomialDraw(unlabelled, counts.unlabelled, unit, redrawn);
    const [truePositives = 0, falseNegatives = 0, trueNegatives = 0, falsePositives = 0] = drawn;
    const estimate = roganGladen({
      truePositives,
      falseNegatives,
      trueNegatives,
      falsePositives,
      unlabelledPositives: redrawn[0] ?? 0,
      unlabelled: counts.unlabelled,
    });
    if (estimate.defined) values.push(estimate.value);
  }
  const undefinedReplicates = replicates - values.length;
  if (undefinedReplicates > MOST_UNDEFINED_SHARE * replicates) {
    return undefinedBecause(
      `undefined in ${undefinedReplicates} of ${replicates} resamples, too many for an interval`,
    );
  }
  const sorted = Float64Array.from(values).sort();
  return {
    defined: true,
    interval: {
      ...percentileInterval(sorted, level),
      method: 'bootstrap over labelled and unlabelled items (percentile, clipped)',
    },
    replicates,
    undefinedReplicates,
  };
}

/** The corrected rate and the ends of an interval of the raw rate when the judge's rates are taken as exact. */
export function correctedWithKnownRates(
  sensitivity: number,
  specificity: number,
  raw: { readonly value: number; readonly low: number; readonly high: number },
): Outcome<{ value: number; low: number; high: number }> {
  const youden = sensitivity + specificity - 1;
  if (youden <= 1e-12) return undefinedBecause(NO_BETTER_THAN_CHANCE);
  const correctRate = (rate: number) => (rate + specificity - 1) / youden;
  return {
    defined: true,
    value: correctRate(raw.value),
    low: correctRate(raw.low),
    high: correctRate(raw.high),
  };
}

function clip(rate: number): number {
  return Math.min(1, Math.max(0, rate));
}
