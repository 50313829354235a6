import { deferralCurve, largestDelegation } from '../../../stats/calibration/deferral-curve.ts';
import { expectedCalibrationError, reliabilityBins } from '../../../stats/calibration/reliability.ts';
import { normalQuantile } from '../../../stats/distribution/normal.ts';
import { type Interval, type Outcome, undefinedBecause } from '../../../stats/estimate.ts';
import { choleskyFactor } from '../../../stats/linear-algebra/cholesky.ts';
import { percentileInterval } from '../../../stats/resampling/bootstrap-interval.ts';
import { ratioByItem } from '../../../stats/resampling/ratio-by-item.ts';
import { FEWEST_ITEMS } from '../../../stats/resampling/resample.ts';
import { foldedCode } from '../../label-pairs.ts';
import { seededRandom } from '../../seeded-random.ts';
import { type CardPart, PartBuilder } from '../figure.ts';
import type { JudgeView } from '../judge-view.ts';

/** Shares of error a team may live with. */
export const ERROR_TARGETS = [0.02, 0.05, 0.1, 0.2] as const;

const BINS = 10;
const REPLICATES = 500;
/** The seed of the one random interval: the same votes give the same bytes. */
const SEED = 'card/ece/1';

/** Whether the judge's score says how sure it may be, and how much may be left to it. */
export function confidencePart(view: JudgeView): CardPart {
  const { data, judge, options, people } = view;
  const builder = new PartBuilder('confidence');
  const { scores } = judge;
  if (scores === null) {
    builder.say('scores', `${judge.name} gives no score with its verdicts.`);
    return builder.part();
  }
  const pairs = Int32Array.from(people.keys()).filter((pair) => {
    const isLabelled = foldedCode(people[pair] ?? -1, options) >= 0;
    return isLabelled && foldedCode(judge.codes[pair] ?? -1, options) >= 0 && !Number.isNaN(scores[pair]);
  });
  if (pairs.length === 0) {
    builder.say('scores', `No pair has a score of ${judge.name} and people’s label.`);
    return builder.part();
  }
  const score = Float64Array.from(pairs, (pair) => scores[pair] ?? 0);
  const agrees = Uint8Array.from(pairs, (pair) =>
    Number(foldedCode(people[pair] ?? -1, options) === foldedCode(judge.codes[pair] ?? -2, options)),
  );
  const items = Int32Array.from(pairs, (pair) => data.itemOfPair[pair] ?? 0);
  const between = { judge: judge.name };
  if (score.every((value) => value >= 0 && value <= 1)) addCalibration(builder, view, score, agrees, items);
  else {
    builder.say(
      'scores',
      'The scores are not between 0 and 1, so they are read as an order of sureness only: no calibration error, but a deferral curve.',
    );
  }
  const curve = deferralCurve(score, agrees, options.level);
  for (const tenth of Array.from({ length: BINS }, (_each, index) => (index + 1) / BINS)) {
    const point = curve.find(({ share }) => share >= tenth - 1e-12);
    if (point === undefined) continue;
    builder.add(
      `surest ${Math.round(100 * tenth)} %`,
      'agreement_of_surest',
      point.kept,
      at(point.agreement),
      {
        interval: { defined: true, interval: point.interval },
        behind: { between, confidence: [point.confidence - 1e-9, Number.MAX_VALUE] },
      },
    );
  }
  for (const target of ERROR_TARGETS) {
    const best = largestDelegation(curve, 1 - target, options.level);
    const row = `error ≤ ${Math.round(100 * target)} %`;
    builder.add(row, 'delegated_share', pairs.length, at(best?.share ?? 0), {
      behind: best === null ? null : { between, confidence: [best.confidence - 1e-9, Number.MAX_VALUE] },
    });
    builder.say(
      row,
      best === null
        ? `No share of the verdicts is shown to stay within ${Math.round(100 * target)} % error.`
        : `Leave ${Math.round(100 * best.share)} % to ${judge.name} at ≤ ${Math.round(100 * target)} % error: its verdicts with a score of ${best.confidence.toFixed(3)} or more.`,
    );
  }
  return builder.part();
}

function addCalibration(
  builder: PartBuilder,
  { judge, options }: JudgeView,
  score: Float64Array,
  agrees: Uint8Array,
  items: Int32Array,
): void {
  const n = score.length;
  const distinct = new Set(score).size;
  const bins = reliabilityBins(
    score,
    agrees,
    distinct <= BINS ? 'distinct' : 'equal-mass',
    BINS,
    options.level,
  );
  builder.add('all scores', 'ece', n, expectedCalibrationError(bins), {
    interval: errorInterval(score, agrees, items, bins, options.level),
    seed: SEED,
  });
  const squared = Float64Array.from(score, (value, index) => (value - (agrees[index] ?? 0)) ** 2);
  const brier = squared.reduce((sum, each) => sum + each, 0) / n;
  builder.add('all scores', 'brier', n, at(brier), {
    interval: ratioByItem(squared, new Uint8Array(n).fill(1), items, options.level),
  });
  let from = 0;
  const sorted = score.slice().sort();
  for (const [place, { count, meanScore, shareTrue, interval }] of bins.entries()) {
    const [low, high] = [sorted[from] ?? 0, sorted[from + count - 1] ?? 0];
    from += count;
    const row = `bin ${place + 1}: ${low === high ? low.toFixed(3) : `${low.toFixed(3)} to ${high.toFixed(3)}`}`;
    const behind = { between: { judge: judge.name }, confidence: [low - 1e-9, high] as [number, number] };
    builder.add(row, 'mean_score', count, at(meanScore), { behind });
    builder.add(row, 'share_agreeing', count, at(shareTrue), {
      interval: { defined: true, interval },
      behind,
    });
  }
}

/**
 * Percentiles of the error when the bins' mean gaps move as items do: normal draws with the covariance of the bins over
 * items. Resampling ten thousand items five hundred times would give the same and take a hundred times as long.
 */
function errorInterval(
  score: Float64Array,
  agrees: Uint8Array,
  items: Int32Array,
  bins: readonly { readonly count: number }[],
  level: number,
): Outcome<{ readonly interval: Interval }> {
  const gaps = gapsByItem(score, agrees, items, bins);
  if (gaps.items < FEWEST_ITEMS) {
    return undefinedBecause(`${gaps.items} items are too few for an interval (${FEWEST_ITEMS} needed)`);
  }
  const size = bins.length;
  const factor = choleskyFactor(gaps.covariance, size);
  if (factor === null) return undefinedBecause('the bins do not vary between items');
  const { unit } = seededRandom(SEED);
  const normal = new Float64Array(size);
  const values = Float64Array.from({ length: REPLICATES }, () => {
    for (let bin = 0; bin < size; bin++) normal[bin] = normalQuantile(Math.max(unit(), 1e-12));
    let sum = 0;
    for (let bin = 0; bin < size; bin++) {
      let gap = gaps.mean[bin] ?? 0;
      for (let part = 0; part <= bin; part++) gap += (factor[bin * size + part] ?? 0) * (normal[part] ?? 0);
      sum += Math.abs(gap);
    }
    return sum;
  }).sort();
  return {
    defined: true,
    interval: {
      ...percentileInterval(values, level),
      method: `percentiles of ${REPLICATES} normal draws of the bins, covariance by item`,
    },
  };
}

/** Each bin's share of the calibration gap, and its covariance over items, with the number of rows as it is drawn. */
function gapsByItem(
  score: Float64Array,
  agrees: Uint8Array,
  items: Int32Array,
  bins: readonly { readonly count: number }[],
): { readonly items: number; readonly mean: Float64Array; readonly covariance: Float64Array } {
  const size = bins.length;
  const order = Uint32Array.from(score.keys()).sort((one, two) => (score[one] ?? 0) - (score[two] ?? 0));
  const binOf = new Int32Array(score.length);
  let from = 0;
  bins.forEach(({ count }, bin) => {
    for (let place = from; place < from + count; place++) binOf[order[place] ?? 0] = bin;
    from += count;
  });
  const rows = score.length;
  const last = items.reduce((largest, item) => Math.max(largest, item), -1);
  const rowsOf = new Int32Array(last + 1);
  const gapOf = new Float64Array((last + 1) * size);
  const mean = new Float64Array(size);
  items.forEach((item, row) => {
    const gap = (score[row] ?? 0) - (agrees[row] ?? 0);
    const bin = binOf[row] ?? 0;
    rowsOf[item] = (rowsOf[item] ?? 0) + 1;
    gapOf[item * size + bin] = (gapOf[item * size + bin] ?? 0) + gap;
    mean[bin] = (mean[bin] ?? 0) + gap / rows;
  });
  let groups = 0;
  const covariance = new Float64Array(size * size);
  const off = new Float64Array(size);
  for (let item = 0; item <= last; item++) {
    const own = rowsOf[item] ?? 0;
    if (own === 0) continue;
    groups++;
    for (let bin = 0; bin < size; bin++) off[bin] = (gapOf[item * size + bin] ?? 0) - own * (mean[bin] ?? 0);
    for (let one = 0; one < size; one++) {
      for (let two = 0; two <= one; two++) {
        covariance[one * size + two] =
          (covariance[one * size + two] ?? 0) + (off[one] ?? 0) * (off[two] ?? 0);
      }
    }
  }
  const scale = groups / Math.max(1, groups - 1) / rows ** 2;
  // A bin in which every verdict is off by the same amount has no variance; a trace of one keeps the factor defined.
  const trace =
    covariance.reduce((sum, value, cell) => sum + (cell % (size + 1) === 0 ? value : 0), 0) * scale;
  for (let one = 0; one < size; one++) {
    for (let two = 0; two <= one; two++) {
      const value = (covariance[one * size + two] ?? 0) * scale + (one === two ? 1e-9 * trace : 0);
      covariance[one * size + two] = value;
      covariance[two * size + one] = value;
    }
  }
  return { items: groups, mean, covariance };
}

function at(value: number) {
  return { defined: true as const, value };
}
