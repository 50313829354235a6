/** What a lead may know of how a rater works. */

import { agreementOf, type PatternAgreement, patternsOf } from '../card/figures/compared-columns.ts';
import { placesWhere, valuesAt } from '../columns/column.ts';
import { agreementOptionsSchema } from '../labels/agreement-options.ts';
import { type Interval, type Outcome, undefinedBecause } from '../stats/estimate.ts';
import { wilsonInterval } from '../stats/proportion/binomial-intervals.ts';
import { exactBinomialTest } from '../stats/proportion/exact-binomial-test.ts';
import { newcombeInterval } from '../stats/proportion/two-proportions.ts';
import { ratioByItem } from '../stats/resampling/ratio-by-item.ts';
import { logEvidenceAgainstHalf } from '../stats/sequential/beta-binomial.ts';
import { CODE } from '../study/verdict-codes.ts';
import { type OutlierTest, outlierTests } from './outlier-test.ts';
import {
  COUNTED_ROLES,
  LABEL,
  type LabelColumns,
  LabelsByPair,
  labelsOf,
  type RaterVotes,
  type VoteColumns,
} from './rater-votes.ts';

/** A share with Wilson's interval; null where there is nothing to count. */
export interface Share {
  readonly successes: number;
  readonly n: number;
  readonly interval: Interval;
}

/** One rater's figures. Shares and differences are null, or say why there is none, where nothing can be counted. */
export interface RaterQuality {
  readonly rater: string;
  readonly labels: number;
  readonly skipped: number;
  readonly checks: number;
  /** Median of the time spent on a pair, idle time taken out. */
  readonly medianSeconds: number | null;
  /** Votes given faster than anybody can skim the texts. */
  readonly tooFast: Share | null;
  /**
   * Left among all answers for a side, which are balanced by design, with the exact p of a rate of one half, and the
   * logarithm of the evidence against it, which holds at all looks.
   */
  readonly left: (Share & { readonly p: number; readonly logEvidence: number }) | null;
  /** Ties per label less those of others on the same pairs, by pair. */
  readonly tiesAboveOthers: Outcome<{ readonly value: number; readonly interval: Interval }>;
  readonly gold: Share | null;
  readonly caught: Share | null;
  /** Repeats that were answered as the first time. */
  readonly repeats: Share | null;
  /** Labels beside what more than half of the others say. */
  readonly withOthers: Pick<
    PatternAgreement,
    'n' | 'agreement' | 'agreementInterval' | 'kappa' | 'kappaInterval'
  >;
  readonly outlier: OutlierTest | null;
  /** Agreement with the others in the later half of the labels less that in the earlier half. */
  readonly drift: { readonly earlier: Share; readonly later: Share; readonly interval: Interval } | null;
}

/** Nobody skims faster than this. In milliseconds for each character, and for the shortest and the longest texts. */
const SKIM = { perCharacterMs: 4, leastMs: 400, mostMs: 10_000 } as const;

/** Fewer labels than this on either side show no drift. */
const FEWEST_IN_HALF = 20;

/** The halves move with every vote, so that no interval holds at all looks; it is made for this many. */
const DRIFT_LOOKS = 10;

/** The figures that can warn of a rater: what is left where nobody reads the others. */
export type WarningFigures = Pick<
  RaterQuality,
  'rater' | 'gold' | 'caught' | 'repeats' | 'tooFast' | 'left' | 'outlier' | 'drift'
>;

interface QualityChoices {
  readonly level?: number;
  readonly alpha?: number;
  /** Whose figures are wanted, beside all of the raters; everybody's by default. */
  readonly only?: string;
}

/** Every rater's figures that can warn, at a fraction of the cost of all. */
export function warningFigures(
  raters: readonly RaterVotes[],
  pairs: number,
  choices?: QualityChoices,
): WarningFigures[] {
  return figuresOf(raters, pairs, choices).map(({ warning }) => warning);
}

/** @param itemOfPair the item of each pair, numbered from 0 */
export function raterQuality(
  raters: readonly RaterVotes[],
  itemOfPair: Int32Array,
  choices: QualityChoices = {},
): RaterQuality[] {
  const { level = 0.95 } = choices;
  return figuresOf(raters, itemOfPair.length, choices).map(
    ({ warning, votes, labels, besides, compared }) => {
      const median = medianTime(votes);
      return {
        rater: warning.rater,
        labels: labels.pair.length,
        skipped: countWhere(votes, (vote) => votes.code[vote] === CODE.skipped),
        checks: countWhere(votes, (vote) => votes.role[vote] !== LABEL),
        medianSeconds: median === undefined ? null : median / 1000,
        tooFast: warning.tooFast,
        left: warning.left,
        tiesAboveOthers: tiesAboveOthers(labels, besides, itemOfPair, level),
        gold: warning.gold,
        caught: warning.caught,
        repeats: warning.repeats,
        withOthers: withOthers(
          { pair: valuesAt(labels.pair, compared.places), code: compared.codes },
          compared.others,
          itemOfPair,
          level,
        ),
        outlier: warning.outlier,
        drift: warning.drift,
      };
    },
  );
}

/** Undefined where no time was measured. */
function medianTime({ activeMs }: VoteColumns): number | undefined {
  const times = valuesAt(
    activeMs,
    placesWhere(activeMs.length, (vote) => !Number.isNaN(activeMs[vote])),
  ).sort();
  return times[Math.floor(times.length / 2)];
}

/** The warning figures of each rater, with the columns behind them. */
function figuresOf(
  raters: readonly RaterVotes[],
  pairs: number,
  { level = 0.95, alpha = 0.05, only }: QualityChoices = {},
) {
  const labelled = raters.map((rater) => ({ ...rater, labels: labelsOf(rater) }));
  const outliers = outlierTests(labelled, pairs, alpha);
  const byPair = new LabelsByPair(
    labelled.map(({ labels }) => labels),
    pairs,
  );
  return labelled.flatMap(({ name, votes, labels }) => {
    if (only !== undefined && name !== only) return [];
    const besides = byPair.besides(labels);
    const places = placesWhere(labels.pair.length, (label) => (besides.others[label] ?? 0) >= 0);
    const compared = {
      places,
      codes: valuesAt(labels.code, places),
      others: valuesAt(besides.others, places),
    };
    const answers = checkAnswers(votes);
    const sharePassed = (role: (typeof COUNTED_ROLES)[number]) => {
      const of = COUNTED_ROLES.indexOf(role);
      const [right, wrong] = [answers.right[of] ?? 0, answers.wrong[of] ?? 0];
      return shareOf(right, right + wrong, level);
    };
    const warning: WarningFigures = {
      rater: name,
      tooFast: tooFastShare(votes, level),
      left: leftShare(votes, level),
      gold: sharePassed('gold'),
      caught: sharePassed('catch'),
      repeats: sharePassed('repeat'),
      outlier: outliers.get(name) ?? null,
      // On one side, shared out over raters and looks.
      drift: driftOf(compared.codes, compared.others, 1 - (2 * alpha) / (DRIFT_LOOKS * raters.length)),
    };
    return [{ warning, votes, labels, besides, compared }];
  });
}

/** How often checks of each role were answered as they should be, and how often not. */
function checkAnswers({ role, isRight }: VoteColumns) {
  const [right, wrong] = [new Int32Array(COUNTED_ROLES.length), new Int32Array(COUNTED_ROLES.length)];
  for (let vote = 0; vote < isRight.length; vote++) {
    const answer = isRight[vote] ?? -1;
    if (answer < 0) continue;
    const counts = answer === 1 ? right : wrong;
    const of = role[vote] ?? 0;
    counts[of] = (counts[of] ?? 0) + 1;
  }
  return { right, wrong };
}

function tooFastShare(votes: VoteColumns, level: number): Share | null {
  const { activeMs, characters } = votes;
  let [timed, tooFast] = [0, 0];
  for (let vote = 0; vote < activeMs.length; vote++) {
    const time = activeMs[vote] ?? Number.NaN;
    if (Number.isNaN(time)) continue;
    timed++;
    const skimMs = SKIM.perCharacterMs * (characters[vote] ?? 0);
    if (time < Math.min(SKIM.mostMs, Math.max(SKIM.leastMs, skimMs))) tooFast++;
  }
  return shareOf(tooFast, timed, level);
}

function countWhere({ pair }: VoteColumns, holds: (vote: number) => boolean): number {
  let count = 0;
  for (let vote = 0; vote < pair.length; vote++) if (holds(vote)) count++;
  return count;
}

function shareOf(successes: number, n: number, level: number): Share | null {
  return n === 0 ? null : { successes, n, interval: wilsonInterval(successes, n, level) };
}

function leftShare(votes: VoteColumns, level: number): RaterQuality['left'] {
  const { code, leftSide } = votes;
  let [sided, left] = [0, 0];
  for (let vote = 0; vote < code.length; vote++) {
    const [said, side] = [code[vote], leftSide[vote]];
    if (side === CODE.missing || (said !== CODE.first && said !== CODE.second)) continue;
    sided++;
    if (said === side) left++;
  }
  const share = shareOf(left, sided, level);
  if (share === null) return null;
  return {
    ...share,
    p: exactBinomialTest(left, sided).twoSidedP,
    logEvidence: logEvidenceAgainstHalf(left, sided),
  };
}

function tiesAboveOthers(
  { pair, code }: LabelColumns,
  { count, ties }: ReturnType<LabelsByPair['besides']>,
  itemOfPair: Int32Array,
  level: number,
): RaterQuality['tiesAboveOthers'] {
  const rows = placesWhere(pair.length, (label) => (count[label] ?? 0) > 0);
  if (rows.length === 0) return undefinedBecause('nobody else labelled these pairs');
  const above = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const label = rows[row] ?? 0;
    above[row] = Number(code[label] === CODE.tie) - (ties[label] ?? 0) / (count[label] ?? 1);
  }
  const ratio = ratioByItem(
    above,
    new Uint8Array(rows.length).fill(1),
    valuesAt(itemOfPair, valuesAt(pair, rows)),
    level,
  );
  return ratio.defined ? { defined: true, value: ratio.value, interval: ratio.interval } : ratio;
}

function withOthers(
  { pair, code }: Pick<LabelColumns, 'pair' | 'code'>,
  others: Int8Array,
  itemOfPair: Int32Array,
  level: number,
): RaterQuality['withOthers'] {
  const numberOf = new Int32Array(itemOfPair.length).fill(-1);
  let itemCount = 0;
  const items = valuesAt(itemOfPair, pair);
  for (let row = 0; row < items.length; row++) {
    const item = items[row] ?? 0;
    if ((numberOf[item] ?? 0) < 0) numberOf[item] = itemCount++;
    items[row] = numberOf[item] ?? 0;
  }
  const columns = { rows: others, columns: code, itemOfPair: items, itemCount, weights: null };
  const { n, agreement, agreementInterval, kappa, kappaInterval } = agreementOf(
    patternsOf(columns, agreementOptionsSchema.parse({})),
    level,
  );
  return {
    n,
    agreement,
    agreementInterval: intervalAlone(agreementInterval),
    kappa,
    kappaInterval: intervalAlone(kappaInterval),
  };
}

/** What a report says of an interval, without what it was worked out from. */
function intervalAlone(outcome: Outcome<{ readonly interval: Interval }>): typeof outcome {
  return outcome.defined ? { defined: true, interval: outcome.interval } : outcome;
}

function driftOf(codes: Int8Array, others: Int8Array, level: number): RaterQuality['drift'] {
  const half = Math.floor(codes.length / 2);
  if (half < FEWEST_IN_HALF) return null;
  const agreeing = (from: number, to: number) => {
    let successes = 0;
    for (let label = from; label < to; label++) successes += Number(codes[label] === others[label]);
    return { successes, trials: to - from };
  };
  const [earlier, later] = [agreeing(0, half), agreeing(half, codes.length)];
  const asShare = ({ successes, trials }: typeof earlier): Share => ({
    successes,
    n: trials,
    interval: wilsonInterval(successes, trials, level),
  });
  return {
    earlier: asShare(earlier),
    later: asShare(later),
    interval: newcombeInterval(later, earlier, level),
  };
}
