import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { calibrationErrorInterval } from '../../../shared/stats/calibration/calibration-error-interval.ts';
import { expectedCalibrationError, reliabilityBins } from '../../../shared/stats/calibration/reliability.ts';

function judged(n: number, rightAt: (score: number) => number, seed: string) {
  const { unit } = seededRandom(seed);
  const scores = Float64Array.from({ length: n }, () => 0.5 + unit() / 2);
  const labels = Uint8Array.from(scores, (score) => (unit() < rightAt(score) ? 1 : 0));
  return {
    scores,
    labels,
    items: Int32Array.from(scores.keys()),
    bins: reliabilityBins(scores, labels, 'equal-mass'),
  };
}

function intervalOf({ scores, labels, items, bins }: ReturnType<typeof judged>) {
  const found = calibrationErrorInterval(scores, labels, items, bins);
  if (!found.defined) throw new Error(found.reason);
  return found;
}

describe('the interval of the expected calibration error', () => {
  it('reaches 0 for a calibrated judge in at least 93 of 100 studies, though the error itself never does', () => {
    const studies = Array.from({ length: 100 }, (_study, index) =>
      judged(200, (score) => score, `calibrated ${index}`),
    );
    expect(studies.filter((study) => intervalOf(study).interval.low === 0).length).toBeGreaterThanOrEqual(93);
    for (const { bins } of studies) {
      const error = expectedCalibrationError(bins);
      expect(error.defined && error.value).toBeGreaterThan(0);
    }
  });

  it('refutes calibration and holds the error of a judge who is much too sure', () => {
    const found = intervalOf(judged(2000, (score) => score - 0.2, 'sure'));
    expect(found.calibratedP).toBeLessThan(1e-6);
    expect(found.interval.low).toBeGreaterThan(0.15);
    expect(found.interval.high).toBeLessThan(0.25);
    expect(found.debiased).toBeGreaterThan(found.interval.low);
  });

  it('says the same of rows written three times, if items stay as they are', () => {
    const { scores, labels, items, bins } = judged(120, (score) => score - 0.1, 'thrice');
    const thrice = (values: ArrayLike<number>) => Array.from({ length: 3 }, () => Array.from(values)).flat();
    const once = calibrationErrorInterval(scores, labels, items, bins);
    const repeated = calibrationErrorInterval(
      thrice(scores),
      thrice(labels),
      thrice(items),
      bins.map((bin) => ({ ...bin, count: 3 * bin.count })),
    );
    if (!once.defined || !repeated.defined) throw new Error('no interval');
    expect(repeated.debiased).toBeCloseTo(once.debiased, 2);
    // Three times the rows would be √3 times as narrow were they independent.
    expect(
      (repeated.interval.high - repeated.interval.low) / (once.interval.high - once.interval.low),
    ).toBeGreaterThan(0.9);
  });

  it('is not certain of a handful of verdicts that all agree', () => {
    const found = intervalOf({
      scores: new Float64Array(6).fill(0.9),
      labels: new Uint8Array(6).fill(1),
      items: Int32Array.from([0, 1, 2, 3, 4, 5]),
      bins: reliabilityBins(new Float64Array(6).fill(0.9), new Uint8Array(6).fill(1), 'distinct'),
    });
    expect(found.interval.low).toBe(0);
    expect(found.interval.high).toBeGreaterThan(0.1);
  });

  it('has nothing to test in scores of 1 that are always right, and no mercy with 1 that is always wrong', () => {
    const ones = (label: number) => {
      const [scores, labels] = [new Float64Array(8).fill(1), new Uint8Array(8).fill(label)];
      return intervalOf({
        scores,
        labels,
        items: Int32Array.from(scores.keys()),
        bins: reliabilityBins(scores, labels, 'distinct'),
      });
    };
    expect(ones(1)).toMatchObject({ calibratedP: 1, debiased: 0, interval: { low: 0, high: 0 } });
    expect(ones(0)).toMatchObject({ calibratedP: 0, debiased: 1, interval: { low: 1, high: 1 } });
  });

  it('needs five items', () => {
    const { scores, labels, bins } = judged(40, (score) => score, 'few');
    const found = calibrationErrorInterval(
      scores,
      labels,
      Int32Array.from(scores.keys(), (row) => row % 4),
      bins,
    );
    expect(found).toMatchObject({ defined: false, reason: expect.stringContaining('4 items') });
  });
});
