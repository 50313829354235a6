import type { SurenessSource } from '../../judge/sureness.ts';
import { calibrationErrorInterval } from '../../stats/calibration/calibration-error-interval.ts';
import { deferralCurve, largestDelegation } from '../../stats/calibration/deferral-curve.ts';
import { expectedCalibrationError, reliabilityBins } from '../../stats/calibration/reliability.ts';
import { ratioByItem } from '../../stats/resampling/ratio-by-item.ts';
import { DRAWN_UNEQUALLY } from '../columns/alternative-test.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { scoredPairs } from '../columns/scored-pairs.ts';
import { type CardPart, PartBuilder } from '../figures/figure.ts';
import { valueText } from '../figures/figure-text.ts';
import { SUBJECT } from '../figures/subject.ts';

/** Shares of error a team may live with. */
export const ERROR_TARGETS = [0.02, 0.05, 0.1, 0.2] as const;

const BINS = 10;

/** What is read as sureness, in words. */
const SOURCES: Readonly<Record<SurenessSource, string>> = {
  probability:
    'Sureness is the probability that the judge gives its own verdict, over its orders and samples.',
  votes: 'Sureness is the share of votes, of samples or of members, that say what the verdict says.',
  preference:
    'Sureness is how far the judge’s preference lies from the middle of its range towards its verdict. It orders the verdicts and is no probability: no calibration error, but a deferral curve.',
  points:
    'Sureness is the winner’s points less the loser’s. It orders the verdicts and is no probability: no calibration error, but a deferral curve.',
  sureness:
    'Sureness is the judge’s own, on a scale without a unit. It orders the verdicts and is no probability: no calibration error, but a deferral curve.',
};

/** Whether the judge's score says how sure it may be, and how much may be left to it. */
export function confidencePart(view: JudgeView): CardPart {
  const { judge, options } = view;
  const builder = new PartBuilder('confidence', view);
  if (view.data.weights !== null) {
    builder.say('scores', `Nothing is said of sureness: ${DRAWN_UNEQUALLY}.`);
    return builder.part();
  }
  const scored = scoredPairs(view);
  if (scored === null) {
    builder.say(
      'scores',
      judge.unusedScores === null
        ? `${judge.name} does not say how sure it is of its verdicts.`
        : `How sure ${judge.name} is cannot be told: ${judge.unusedScores}.`,
    );
    return builder.part();
  }
  const { source, pairs, scores: score, agrees, items } = scored;
  if (pairs.length === 0) {
    builder.say('scores', `On no pair with people’s label does ${judge.name} say how sure it is.`);
    return builder.part();
  }
  const between = { judge: judge.name };
  builder.say('scores', SOURCES[source]);
  if (judge.unusedScores !== null) builder.say('scores', `Left aside: ${judge.unusedScores}.`);
  if (source === 'probability' || source === 'votes') addCalibration(builder, view, score, agrees, items);
  const curve = deferralCurve(score, agrees, options.level);
  for (const tenth of Array.from({ length: BINS }, (_each, index) => (index + 1) / BINS)) {
    const point = curve.find(({ share }) => share >= tenth - 1e-12);
    if (point === undefined) continue;
    builder.add({ kind: 'surest', share: tenth }, 'agreement_of_surest', point.kept, at(point.agreement), {
      interval: { defined: true, interval: point.interval },
      behind: { between, confidence: [point.confidence - 1e-9, Number.MAX_VALUE] },
    });
  }
  for (const target of ERROR_TARGETS) {
    const best = largestDelegation(curve, 1 - target, options.level);
    const subject = { kind: 'error_target', share: target } as const;
    builder.add(subject, 'delegated_share', pairs.length, at(best?.share ?? 0), {
      behind: best === null ? null : { between, confidence: [best.confidence - 1e-9, Number.MAX_VALUE] },
    });
    builder.say(
      subject,
      best === null
        ? `No share of the verdicts is shown to stay within ${Math.round(100 * target)} % error.`
        : `Leave ${Math.round(100 * best.share)} % to ${judge.name} at ≤ ${Math.round(100 * target)} % error: its verdicts with a sureness of ${best.confidence.toFixed(3)} or more.`,
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
  const error = calibrationErrorInterval(score, agrees, items, bins, options.level);
  builder.add(SUBJECT.all_scores, 'ece', n, expectedCalibrationError(bins));
  builder.add(SUBJECT.all_scores, 'ece_debiased', n, error.defined ? at(error.debiased) : error, {
    interval: error,
  });
  if (error.defined) {
    builder.say(
      SUBJECT.all_scores,
      error.calibratedP < 1 - options.level
        ? `The scores of ${judge.name} are not calibrated: they miss how often it agrees with people by more than chance would make them (p ${valueText(error.calibratedP, 'p')}).`
        : `Nothing shows the scores of ${judge.name} to be out of calibration (p ${valueText(error.calibratedP, 'p')}).`,
    );
  }
  const squared = Float64Array.from(score, (value, index) => (value - (agrees[index] ?? 0)) ** 2);
  const brier = squared.reduce((sum, each) => sum + each, 0) / n;
  builder.add(SUBJECT.all_scores, 'brier', n, at(brier), {
    interval: ratioByItem(squared, new Uint8Array(n).fill(1), items, options.level),
  });
  let from = 0;
  const sorted = score.slice().sort();
  for (const [place, { count, meanScore, shareTrue, interval }] of bins.entries()) {
    const [low, high] = [sorted[from] ?? 0, sorted[from + count - 1] ?? 0];
    from += count;
    const subject = { kind: 'score_bin', bin: place + 1, low, high } as const;
    const behind = { between: { judge: judge.name }, confidence: [low - 1e-9, high] as [number, number] };
    builder.add(subject, 'mean_score', count, at(meanScore), { behind });
    builder.add(subject, 'share_agreeing', count, at(shareTrue), {
      interval: { defined: true, interval },
      behind,
    });
  }
}

function at(value: number) {
  return { defined: true as const, value };
}
