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
import { judgeScores, peopleScores } from '../columns/win-scores.ts';
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
  const { raters, verdicts, at } = alternativeTests(view);
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
  const winsOver = judgeWins(raters, verdicts);
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

/**
 * 1 where the judge is at least as close to the other raters as this one, 0 where not, −1 where nothing can be said. The votes on
 * each pair are counted once for all raters.
 */
function judgeWins(
  raters: readonly Float64Array[],
  verdicts: Float64Array,
): (annotator: number) => Int8Array {
  const pairs = verdicts.length;
  const placeOf = new Map<number, number>();
  for (const votes of raters)
    for (const vote of votes) if (!Number.isNaN(vote) && !placeOf.has(vote)) placeOf.set(vote, placeOf.size);
  const labels = placeOf.size;
  const counts = new Int32Array(pairs * labels);
  const votes = new Int32Array(pairs);
  const countOf = (pair: number, label: number) => {
    const place = placeOf.get(label);
    return place === undefined ? 0 : (counts[pair * labels + place] ?? 0);
  };
  for (const own of raters)
    for (let pair = 0; pair < pairs; pair++) {
      const place = placeOf.get(own[pair] ?? Number.NaN);
      if (place === undefined) continue;
      const cell = pair * labels + place;
      counts[cell] = (counts[cell] ?? 0) + 1;
      votes[pair] = (votes[pair] ?? 0) + 1;
    }
  return (annotator) => {
    const own = raters[annotator] ?? new Float64Array(0);
    const flags = new Int8Array(pairs).fill(-1);
    for (let pair = 0; pair < pairs; pair++) {
      const [verdict, label] = [verdicts[pair] ?? Number.NaN, own[pair] ?? Number.NaN];
      if (Number.isNaN(verdict) || Number.isNaN(label) || (votes[pair] ?? 0) < 2) continue;
      const judgeHits = countOf(pair, verdict) - Number(label === verdict);
      flags[pair] = Number(judgeHits >= countOf(pair, label) - 1);
    }
    return flags;
  };
}

interface WinScores {
  readonly judge: Float64Array;
  readonly people: Float64Array;
  /** 1 where a rater looked at the pair, whether or not that gave it a label. */
  readonly wasSeen: Uint8Array;
}

function seenByPeople({ data, people }: JudgeView): Uint8Array {
  return Uint8Array.from(people, (_label, pair) =>
    Number(data.raters.some(({ codes }) => (codes[pair] ?? CODE.missing) !== CODE.missing)),
  );
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
  readonly voted: { readonly items: number[]; readonly wins: number[]; readonly weights: number[] };
  readonly counts: { -readonly [Count in keyof typeof NO_COUNTS]: number };
  /** The judge's outright wins among `other`. */
  readonly outright: { readonly items: number[]; readonly wins: number[] };
}

const NO_COUNTS = {
  truePositives: 0,
  falseNegatives: 0,
  trueNegatives: 0,
  falsePositives: 0,
  unlabelledPositives: 0,
  unlabelled: 0,
};

function scoresOfSystem(
  { data, judge, people }: JudgeView,
  { judge: judgeScores, people: labels, wasSeen }: WinScores,
  index: number,
): SystemScores {
  const labelled: LabelledScores = { items: [], label: [], score: [] };
  const other: Scores = { items: [], score: [] };
  const all: Scores = { items: [], score: [] };
  const voted: SystemScores['voted'] = { items: [], wins: [], weights: [] };
  const outright: SystemScores['outright'] = { items: [], wins: [] };
  const counts: SystemScores['counts'] = { ...NO_COUNTS };
  for (let pair = 0; pair < people.length; pair++) {
    const [isFirst, isSecond] = [data.systemOf.first[pair] === index, data.systemOf.second[pair] === index];
    if (isFirst === isSecond) continue;
    const item = data.itemOfPair[pair] ?? 0;
    const ofFirst = (score: number) => (isFirst ? score : 1 - score);
    const [score, label] = [ofFirst(judgeScores[pair] ?? Number.NaN), ofFirst(labels[pair] ?? Number.NaN)];
    const isLabelled = !Number.isNaN(label);
    const weight = data.weights === null ? 1 : (data.weights[pair] ?? 0);
    if (isLabelled && weight > 0) {
      voted.items.push(item);
      voted.wins.push(weight * label);
      voted.weights.push(weight);
    }
    if (Number.isNaN(score)) continue;
    all.items.push(item);
    all.score.push(score);
    const wins = judge.codes[pair] === (isFirst ? CODE.first : CODE.second);
    if (isLabelled) {
      labelled.items.push(item);
      labelled.label.push(label);
      labelled.score.push(score);
      if (label === 1) counts[wins ? 'truePositives' : 'falseNegatives']++;
      else counts[wins ? 'falsePositives' : 'trueNegatives']++;
    } else if (wasSeen[pair] === 0) {
      other.items.push(item);
      other.score.push(score);
      counts.unlabelled++;
      if (wins) counts.unlabelledPositives++;
      outright.items.push(item);
      outright.wins.push(Number(wins));
    }
  }
  return { labelled, other, all, voted, counts, outright };
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
  const mean = (values: readonly number[], reason: string): Estimate =>
    values.length === 0 ? undefinedBecause(reason) : { defined: true, value: sumOf(values) / values.length };
  const byItem = (values: readonly number[], items: readonly number[]) =>
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
  builder.add(subject, 'naive_outright', counts.unlabelled, mean(outright.wins, EVERYTHING_LABELLED), {
    interval: byItem(outright.wins, outright.items),
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
  readonly items: number[];
  readonly score: number[];
}

interface LabelledScores extends Scores {
  readonly label: number[];
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

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
