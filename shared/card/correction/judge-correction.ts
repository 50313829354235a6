/** What corrects a judge on data that people have not labelled: how it errs, and how far its own sureness can be trusted. */

import { placesWhere, valuesAt } from '../../columns/column.ts';
import type { SurenessSource } from '../../judge/sureness.ts';
import { foldCode } from '../../labels/label-pairs.ts';
import { deferralCurve, largestDelegation } from '../../stats/calibration/deferral-curve.ts';
import { isotonicRegression, isotonicValue } from '../../stats/calibration/isotonic.ts';
import { clusterMeans } from '../../stats/correction/prediction-powered.ts';
import type { Estimate, Outcome } from '../../stats/estimate.ts';
import { CATEGORY_NAMES, CODE } from '../../study/verdict-codes.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { type ScoredPairs, scoredPairs } from '../columns/scored-pairs.ts';
import { shareByItem } from '../columns/share-by-item.ts';
import { judgeScores, pairsOfSystem, peopleScores, scoresOfSide } from '../columns/win-scores.ts';
import { ERROR_TARGETS } from '../parts/confidence-part.ts';

/** A share with its interval by item, or why there is none. */
export type StatedShare =
  | { readonly value: number; readonly low: number; readonly high: number; readonly method: string }
  | { readonly value: number; readonly noInterval: string }
  | { readonly value: null; readonly reason: string };

/** How often the judge gives each verdict where people's label is a certain one. */
export interface ConfusionCell {
  readonly people: string;
  readonly judge: string;
  readonly pairs: number;
  readonly ofPairs: number;
  readonly share: StatedShare;
}

/** How the judge errs about one output winning outright, for Rogan and Gladen's estimate. */
export interface ErrorRates {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  readonly falsePositives: number;
  readonly sensitivity: StatedShare;
  readonly specificity: StatedShare;
}

/** Moments of labels and scores over labelled items, each item's mean counting once; divisors are items − 1. */
export interface Moments {
  readonly items: number;
  readonly labelMean: number;
  readonly scoreMean: number;
  readonly labelVariance: number;
  readonly scoreVariance: number;
  readonly covariance: number;
}

export interface SystemCorrection {
  /** Null: of any system, every pair seen from both of its sides. */
  readonly system: string | null;
  readonly winsOutright: ErrorRates;
  /** Null with fewer than two labelled items. */
  readonly winRate: Moments | null;
}

export interface ConfidenceMap {
  readonly fittedOnPairs: number;
  /** Scores ascending, with the agreement with people that they stand for; linear between, held at the ends. */
  readonly knots: readonly { readonly score: number; readonly agreement: number }[];
  /** On the pairs it was not fitted on; `before` is null where scores are no probabilities. */
  readonly brierOnTest: {
    readonly pairs: number;
    readonly before: number | null;
    readonly after: number;
  } | null;
}

export interface JudgeCorrection {
  readonly judge: string;
  readonly pairs: number;
  /** What the scores of `confidence` and `deferral` are; null where the judge gave none that say what they are. */
  readonly sureness: SurenessSource | null;
  /** This and all below are null where labelled pairs were drawn with unequal chances: they need a random sample. */
  readonly confusion: readonly ConfusionCell[] | null;
  readonly systems: readonly SystemCorrection[] | null;
  readonly confidence: ConfidenceMap | null;
  readonly deferral:
    | readonly {
        readonly errorAtMost: number;
        /** The share of verdicts that may be left to the judge: those with this score or more. */
        readonly share: number;
        readonly scoreAtLeast: number | null;
      }[]
    | null;
}

/** Fewer pairs than this fit no map of confidence. */
const FEWEST_TO_FIT = 20;

export function judgeCorrection(view: JudgeView): JudgeCorrection {
  const { data, judge, options, people } = view;
  const labels = people.map((code) => foldCode(code, options));
  const verdicts = judge.codes.map((code) => foldCode(code, options));
  const isDrawn = data.weights !== null;
  const scored = isDrawn ? null : scoredPairs(view);
  const curve =
    scored === null || scored.pairs.length === 0
      ? null
      : deferralCurve(scored.scores, scored.agrees, options.level);
  return {
    judge: judge.name,
    pairs: labels.filter((label, pair) => label >= 0 && (verdicts[pair] ?? -1) >= 0).length,
    sureness: scored?.source ?? null,
    confusion: isDrawn ? null : confusion(view, labels, verdicts),
    systems: isDrawn ? null : systemCorrections(view),
    confidence: scored === null ? null : confidenceMap(view, scored),
    deferral:
      curve === null
        ? null
        : ERROR_TARGETS.map((errorAtMost) => {
            const best = largestDelegation(curve, 1 - errorAtMost, options.level);
            return { errorAtMost, share: best?.share ?? 0, scoreAtLeast: best?.confidence ?? null };
          }),
  };
}

function confusion({ data, options }: JudgeView, labels: Int8Array, verdicts: Int8Array): ConfusionCell[] {
  const used = CATEGORY_NAMES.map((_name, code) => code).filter(
    (code) =>
      labels.some((label, pair) => label === code && (verdicts[pair] ?? -1) >= 0) ||
      verdicts.some((verdict, pair) => verdict === code && (labels[pair] ?? -1) >= 0),
  );
  return used.flatMap((label) =>
    used.flatMap((verdict) => {
      const flags = labels.map((each, pair) =>
        each !== label || (verdicts[pair] ?? -1) < 0 ? -1 : Number(verdicts[pair] === verdict),
      );
      const { n, hits, share, interval } = shareByItem(
        flags,
        data.itemOfPair,
        options.level,
        'no pair has this label',
      );
      if (n === 0) return [];
      const [people, judge] = [CATEGORY_NAMES[label] ?? '', CATEGORY_NAMES[verdict] ?? ''];
      return [{ people, judge, pairs: hits, ofPairs: n, share: withInterval(share, interval) }];
    }),
  );
}

function systemCorrections(view: JudgeView): SystemCorrection[] {
  const { data } = view;
  const scores = { judge: judgeScores(view.judge), people: peopleScores(view.people) };
  const both = new Int32Array(2 * data.itemOfPair.length).map((_pair, side) => side >> 1);
  return [
    systemCorrection(view, scores, null, {
      pairs: both,
      isFirst: new Uint8Array(both.length).map((_side, side) => 1 - (side & 1)),
    }),
    ...data.systems.map((system, index) =>
      systemCorrection(view, scores, system, pairsOfSystem(data.systemOf(), index)),
    ),
  ];
}

/** @param sides pairs, and 1 where the output in question is the first of the pair */
function systemCorrection(
  { data, judge, options }: JudgeView,
  scores: { readonly judge: Float64Array; readonly people: Float64Array },
  system: string | null,
  { pairs, isFirst }: ReturnType<typeof pairsOfSystem>,
): SystemCorrection {
  const rows = placesWhere(pairs.length, (row) => {
    const pair = pairs[row] ?? 0;
    return !Number.isNaN(scores.judge[pair]) && !Number.isNaN(scores.people[pair]);
  });
  const [ofRow, isOwnFirst] = [valuesAt(pairs, rows), valuesAt(isFirst, rows)];
  const [score, label] = [
    scoresOfSide(scores.judge, ofRow, isOwnFirst),
    scoresOfSide(scores.people, ofRow, isOwnFirst),
  ];
  const items = valuesAt(data.itemOfPair, ofRow);
  const saysWin = isOwnFirst.map((isFirst, row) =>
    Number(judge.codes[ofRow[row] ?? 0] === (isFirst === 1 ? CODE.first : CODE.second)),
  );
  /** Among rows in which people let it win or not: 1 where the judge says so, too. */
  const flagsOf = (isWin: 0 | 1) => {
    const flags = new Int8Array(rows.length);
    for (let row = 0; row < flags.length; row++)
      flags[row] = Number(label[row] === 1) === isWin ? Number(saysWin[row] === isWin) : -1;
    return flags;
  };
  const rate = (flags: Int8Array, reason: string) => {
    const { share, interval } = shareByItem(flags, items, options.level, reason);
    return withInterval(share, interval);
  };
  const count = (flags: Int8Array, wanted: 0 | 1) => {
    let found = 0;
    for (const flag of flags) if (flag === wanted) found++;
    return found;
  };
  const [wins, others] = [flagsOf(1), flagsOf(0)];
  return {
    system,
    winsOutright: {
      truePositives: count(wins, 1),
      falseNegatives: count(wins, 0),
      trueNegatives: count(others, 1),
      falsePositives: count(others, 0),
      sensitivity: rate(wins, 'people let it win no labelled pair'),
      specificity: rate(others, 'people let it win every labelled pair'),
    },
    winRate: momentsOf(label, score, items),
  };
}

function momentsOf(label: Float64Array, score: Float64Array, rowItems: Int32Array): Moments | null {
  const { labels, scores } = clusterMeans(label, score, rowItems);
  const n = labels.length;
  if (n < 2) return null;
  const mean = (values: ArrayLike<number>) => {
    let sum = 0;
    for (let item = 0; item < n; item++) sum += values[item] ?? 0;
    return sum / n;
  };
  const [labelMean, scoreMean] = [mean(labels), mean(scores)];
  let [labelVariance, scoreVariance, covariance] = [0, 0, 0];
  for (let item = 0; item < n; item++) {
    const [y, f] = [(labels[item] ?? 0) - labelMean, (scores[item] ?? 0) - scoreMean];
    labelVariance += (y * y) / (n - 1);
    scoreVariance += (f * f) / (n - 1);
    covariance += (y * f) / (n - 1);
  }
  return { items: n, labelMean, scoreMean, labelVariance, scoreVariance, covariance };
}

/** Fitted on dev and looked at on test: on its own pairs such a map always looks perfect. */
function confidenceMap(
  { data }: JudgeView,
  { source, pairs, scores, agrees }: ScoredPairs,
): ConfidenceMap | null {
  const isOnDev = data.isOnDev();
  const places = (side: number) => [...pairs.keys()].filter((place) => isOnDev[pairs[place] ?? 0] === side);
  const [fitted, test] = [places(1), places(0)];
  if (fitted.length < FEWEST_TO_FIT) return null;
  const at = (values: ArrayLike<number>, chosen: readonly number[]) =>
    chosen.map((place) => values[place] ?? 0);
  const fit = isotonicRegression(at(scores, fitted), at(agrees, fitted));
  const brier = (shown: (score: number) => number) =>
    test.reduce((sum, place) => sum + (shown(scores[place] ?? 0) - (agrees[place] ?? 0)) ** 2, 0) /
    test.length;
  const areProbabilities = source === 'probability' || source === 'votes';
  return {
    fittedOnPairs: fitted.length,
    knots: Array.from(fit.scores, (score, knot) => ({ score, agreement: fit.values[knot] ?? 0 })),
    brierOnTest:
      test.length === 0
        ? null
        : {
            pairs: test.length,
            before: areProbabilities ? brier((score) => score) : null,
            after: brier((score) => isotonicValue(fit, score)),
          },
  };
}

function withInterval(
  share: Estimate,
  outcome: Outcome<{
    readonly interval: { readonly low: number; readonly high: number; readonly method: string };
  }>,
): StatedShare {
  if (!share.defined) return { value: null, reason: share.reason };
  if (!outcome.defined) return { value: share.value, noInterval: outcome.reason };
  const { low, high, method } = outcome.interval;
  return { value: share.value, low, high, method };
}
