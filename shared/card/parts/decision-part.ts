import { placesWhere, valuesAt } from '../../columns/column.ts';
import {
  clusterMeans,
  predictionPoweredMean,
  REPORT_CONVENTION,
} from '../../stats/correction/prediction-powered.ts';
import { type JudgeCounts, langReiczigelInterval, roganGladen } from '../../stats/correction/rogan-gladen.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import { ratioByItem } from '../../stats/resampling/ratio-by-item.ts';
import { FEWEST_ITEMS } from '../../stats/resampling/resample.ts';
import type { AlternativeTest } from '../../stats/substitution/alternative-annotator-test.ts';
import { CODE } from '../../study/verdict-codes.ts';
import { alternativeTests, DRAWN_UNEQUALLY } from '../columns/alternative-test.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { shareByItem } from '../columns/share-by-item.ts';
import { judgeScores, pairsOfSystem, peopleScores, scoresOfSide } from '../columns/win-scores.ts';
import { type CardPart, type IntervalOutcome, PartBuilder } from '../figures/figure.ts';
import { valueText } from '../figures/figure-text.ts';
import { SUBJECT } from '../figures/subject.ts';

/** How much worse than a rater the judge may be for its lower cost: crowds, skilled raters, experts. */
const EPSILONS = [0.1, 0.15, 0.2] as const;

/** More systems than this would fill the card with rates nobody reads. */
const MOST_SYSTEMS = 50;

/** From agreement to decisions: may the judge replace a rater, and what are the win rates when its errors are counted? */
export function decisionPart(view: JudgeView): CardPart {
  const builder = new PartBuilder('decision', view);
  addAlternativeTest(builder, view);
  const { systems } = view.data;
  if (systems.length > MOST_SYSTEMS) {
    builder.say(
      'win rates',
      `Win rates are worked out for ${MOST_SYSTEMS} systems at most; this study has ${systems.length}.`,
    );
  } else {
    const scores = {
      judge: judgeScores(view.judge),
      people: peopleScores(view.people),
      wasSeen: seenByPeople(view),
    };
    const undecided = view.people.reduce(
      (count, code, pair) =>
        count + Number(code < 0 && scores.wasSeen[pair] === 1 && !Number.isNaN(scores.judge[pair])),
      0,
    );
    if (undecided > 0)
      builder.say(
        'win rates',
        `${undecided.toLocaleString('en')} judged pairs were voted on and got no label: people split over them or skipped them. They are no sample of the pairs nobody saw, so the corrections count them on neither side.`,
      );
    systems.forEach((system, index) => {
      addWinRates(builder, view, scores, system, index);
    });
  }
  return builder.part();
}

function addAlternativeTest(builder: PartBuilder, view: JudgeView): void {
  const { data, judge, options } = view;
  const { winsOver, at } = alternativeTests(view);
  for (const epsilon of EPSILONS) {
    const test = at(epsilon);
    const subject = { kind: 'epsilon', epsilon } as const;
    if (!test.defined) {
      builder.add(subject, 'winning_rate', 0, test);
      continue;
    }
    builder.add(subject, 'winning_rate', test.comparisons.length, { defined: true, value: test.winningRate });
    builder.say(subject, substitutionSentence(judge.name, epsilon, test));
  }
  const test = at(EPSILONS[0]);
  if (!test.defined) return;
  const pairs = test.comparisons.reduce((sum, { items }) => sum + items, 0);
  builder.add(SUBJECT.mean_over_raters, 'advantage', pairs, {
    defined: true,
    value: test.advantageProbability,
  });
  for (const { annotator, items, judgeWins: share } of test.comparisons) {
    const rater = data.raters[annotator]?.name ?? '';
    const flags = winsOver(annotator);
    builder.add(
      { kind: 'rater', name: rater },
      'advantage',
      items,
      { defined: true, value: share },
      {
        interval: shareByItem(flags, data.itemOfPair, options.level, 'there is no such pair').interval,
        behind: { between: { judge: judge.name, rater } },
      },
    );
  }
}

function substitutionSentence(judge: string, epsilon: number, test: AlternativeTest): string {
  const beats = `it beats ${percent(test.winningRate)} of the raters`;
  return test.passes
    ? `Allowed to be worse by ${epsilon}, ${judge} passes the alternative annotator test: ${beats}.`
    : `Allowed to be worse by ${epsilon}, ${judge} does not pass the alternative annotator test: ${beats}, and half are needed.`;
}

interface WinScores {
  readonly judge: Float64Array;
  readonly people: Float64Array;
  /** 1 where a rater looked at the pair, whether or not that gave it a label. */
  readonly wasSeen: Uint8Array;
}

function seenByPeople({ data, people }: JudgeView): Uint8Array {
  const wasSeen = new Uint8Array(people.length);
  for (const { codes } of data.raters)
    for (let pair = 0; pair < wasSeen.length; pair++)
      if ((codes[pair] ?? CODE.missing) !== CODE.missing) wasSeen[pair] = 1;
  return wasSeen;
}

/** What people and the judge said of the pairs of one system, as shares won by it. */
interface SystemScores {
  /** Pairs with both people's label and the judge's. */
  readonly labelled: LabelledScores;
  /** Pairs that only the judge looked at. */
  readonly other: Scores;
  /** All pairs of the judge. */
  readonly all: Scores;
  /** All pairs with people's label; wins are times their weights. */
  readonly voted: {
    readonly items: Int32Array;
    readonly wins: Float64Array;
    readonly weights: Float64Array;
  };
  readonly counts: JudgeCounts;
  /** The judge's outright wins among `other`. */
  readonly outright: Uint8Array;
}

function scoresOfSystem(
  { data, judge }: JudgeView,
  { judge: judgeScores, people: labels, wasSeen }: WinScores,
  index: number,
): SystemScores {
  const { itemOfPair, weights } = data;
  const { pairs, isFirst } = pairsOfSystem(data.systemOf(), index);
  const score = scoresOfSide(judgeScores, pairs, isFirst);
  const label = scoresOfSide(labels, pairs, isFirst);
  const rowsWhere = (holds: (row: number) => boolean) => placesWhere(pairs.length, holds);
  const items = valuesAt(itemOfPair, pairs);
  const isLabelled = (row: number) => !Number.isNaN(label[row]);
  const isJudged = (row: number) => !Number.isNaN(score[row]);
  const weightOf = (row: number) => (weights === null ? 1 : (weights[pairs[row] ?? 0] ?? 0));
  const wins = (row: number) =>
    judge.codes[pairs[row] ?? 0] === (isFirst[row] === 1 ? CODE.first : CODE.second);
  const voted = rowsWhere((row) => isLabelled(row) && weightOf(row) > 0);
  const all = rowsWhere(isJudged);
  const labelled = rowsWhere((row) => isLabelled(row) && isJudged(row));
  const other = rowsWhere((row) => isJudged(row) && !isLabelled(row) && wasSeen[pairs[row] ?? 0] === 0);
  const counts = {
    truePositives: 0,
    falseNegatives: 0,
    trueNegatives: 0,
    falsePositives: 0,
    unlabelledPositives: 0,
    unlabelled: other.length,
  };
  for (const row of labelled) {
    if (label[row] === 1) counts[wins(row) ? 'truePositives' : 'falseNegatives']++;
    else counts[wins(row) ? 'falsePositives' : 'trueNegatives']++;
  }
  const outright = Uint8Array.from(other, (row) => Number(wins(row)));
  for (const win of outright) counts.unlabelledPositives += win;
  const weightsOfVoted = Float64Array.from(voted, weightOf);
  return {
    labelled: {
      items: valuesAt(items, labelled),
      label: valuesAt(label, labelled),
      score: valuesAt(score, labelled),
    },
    other: { items: valuesAt(items, other), score: valuesAt(score, other) },
    all: { items: valuesAt(items, all), score: valuesAt(score, all) },
    voted: {
      items: valuesAt(items, voted),
      wins: valuesAt(label, voted).map((win, row) => (weightsOfVoted[row] ?? 0) * win),
      weights: weightsOfVoted,
    },
    counts,
    outright,
  };
}

/** One system's share of wins, by people, by the judge, and by the judge corrected with people's labels. */
function addWinRates(
  builder: PartBuilder,
  view: JudgeView,
  scores: WinScores,
  system: string,
  index: number,
): void {
  const { labelled, other, all, voted, counts, outright } = scoresOfSystem(view, scores, index);
  const { level } = view.options;
  const isDrawn = view.data.weights !== null;
  const behind = { between: { judge: view.judge.name }, system };
  const mean = (values: Float64Array | Uint8Array, reason: string): Estimate =>
    values.length === 0 ? undefinedBecause(reason) : { defined: true, value: sumOf(values) / values.length };
  const byItem = (values: Float64Array | Uint8Array, items: Int32Array) =>
    ratioByItem(values, new Uint8Array(values.length).fill(1), items, level);
  const subject = { kind: 'system', name: system } as const;
  builder.add(
    subject,
    'people_win_rate',
    voted.wins.length,
    voted.wins.length === 0
      ? undefinedBecause('no pair has people’s label')
      : { defined: true, value: sumOf(voted.wins) / sumOf(voted.weights) },
    {
      interval: ratioByItem(voted.wins, voted.weights, voted.items, level),
      behind,
      isWeighed: true,
    },
  );
  builder.add(subject, 'naive_win_rate', all.score.length, mean(all.score, 'the judge said nothing'), {
    interval: byItem(all.score, all.items),
    behind,
  });
  const powered = isDrawn ? CHOSEN_BY_DRAW : predictionPowered(labelled, other, level);
  builder.add(subject, 'ppi_win_rate', labelled.label.length + other.score.length, powered.estimate, {
    interval: powered.interval,
  });
  builder.add(subject, 'naive_outright', counts.unlabelled, mean(outright, EVERYTHING_LABELLED), {
    interval: byItem(outright, other.items),
  });
  const corrected = isDrawn ? CHOSEN_BY_DRAW : errorCorrected(counts, level);
  builder.add(subject, 'rogan_gladen', labelled.label.length + counts.unlabelled, corrected.estimate, {
    interval: corrected.interval,
  });
  for (const [by, { beyond }] of [
    ['PPI++', powered],
    ['Rogan–Gladen', corrected],
  ] as const)
    if (beyond !== null)
      builder.say(
        subject,
        `${system}, corrected by ${by}, would win ${valueText(beyond, 'share')}, which no rate can be. It is held to ${beyond > 1 ? 100 : 0} %; look whether the labelled pairs are like the others.`,
      );
}

interface Scores {
  readonly items: Int32Array;
  readonly score: Float64Array;
}

interface LabelledScores extends Scores {
  readonly label: Float64Array;
}

const EVERYTHING_LABELLED = 'every judged pair was looked at by people, so there is nothing to correct for';

interface Corrected {
  readonly estimate: Estimate;
  readonly interval: IntervalOutcome;
  /** What the estimate was before it was held to 0 or 1; null where it was not. */
  readonly beyond: number | null;
}

/** What corrects the judge by a random sample of labels has none where a draw preferred some pairs. */
const CHOSEN_BY_DRAW: Corrected = {
  estimate: undefinedBecause(DRAWN_UNEQUALLY),
  interval: null,
  beyond: null,
};

function predictionPowered(labelled: LabelledScores, other: Scores, level: number): Corrected {
  const none = (reason: string): Corrected => ({
    estimate: undefinedBecause(reason),
    interval: null,
    beyond: null,
  });
  if (other.score.length === 0) return none(EVERYTHING_LABELLED);
  const means = clusterMeans(labelled.label, labelled.score, labelled.items);
  const items = means.labels.length;
  if (items < FEWEST_ITEMS) return none(`${items} labelled items are too few (${FEWEST_ITEMS} needed)`);
  const { scores: unlabelledScores } = clusterMeans(other.score, other.score, other.items);
  const mean = predictionPoweredMean({ ...means, unlabelledScores }, 'tuned', REPORT_CONVENTION, level);
  return withinShares(mean.defined ? mean.value : Number.NaN, mean, mean);
}

function errorCorrected(counts: JudgeCounts, level: number): Corrected {
  if (counts.unlabelled === 0)
    return { estimate: undefinedBecause(EVERYTHING_LABELLED), interval: null, beyond: null };
  const rate = roganGladen(counts, level);
  return withinShares(rate.defined ? rate.unclipped : Number.NaN, rate, langReiczigelInterval(counts, level));
}

/**
 * A corrected rate as a share. An estimate beyond 0 or 1 is held there where its interval reaches back among the shares; where
 * not, the judge cannot err on the unlabelled pairs as it does on the labelled ones, and there is no rate to tell.
 */
function withinShares(
  unclipped: number,
  outcome: Outcome<{ readonly value: number }>,
  interval: Outcome<{ readonly interval: Interval }>,
): Corrected {
  if (!outcome.defined) return { estimate: outcome, interval: null, beyond: null };
  const ends = interval.defined ? interval.interval : null;
  if (ends !== null && (ends.low >= 1 || ends.high <= 0))
    return {
      estimate: undefinedBecause(
        `corrected it would be ${valueText(unclipped, 'share')}: the error rates on the labelled pairs cannot be those of the unlabelled ones`,
      ),
      interval: null,
      beyond: null,
    };
  return {
    estimate: { defined: true, value: Math.min(1, Math.max(0, unclipped)) },
    interval,
    beyond: unclipped < 0 || unclipped > 1 ? unclipped : null,
  };
}

function sumOf(values: Float64Array | Uint8Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
