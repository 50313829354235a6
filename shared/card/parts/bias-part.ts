import { placesWhere, valuesAt } from '../../columns/column.ts';
import { biasBeyondPeople, lengthFeature } from '../../stats/bias/length-bias.ts';
import { favourBeyondPeople } from '../../stats/bias/self-preference.ts';
import { studentTwoSidedP } from '../../stats/distribution/student-t.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import { holm } from '../../stats/multiplicity/adjusted-p-values.ts';
import { wilsonInterval } from '../../stats/proportion/binomial-intervals.ts';
import { type RatioByItem, ratioByItem } from '../../stats/resampling/ratio-by-item.ts';
import { FEWEST_ITEMS } from '../../stats/resampling/resample.ts';
import { isSide } from '../../study/verdict-codes.ts';
import type { ComparisonFilter } from '../columns/comparison-filter.ts';
import { judgePlaces, placeCounts } from '../columns/judge-places.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { familyOf, isSameModel } from '../columns/model-family.ts';
import { type Favours, type Feature, favoursOf, sideWithFeature } from '../columns/pair-features.ts';
import { shareByItem } from '../columns/share-by-item.ts';
import { type CardPart, PartBuilder } from '../figures/figure.ts';
import { endsText, valueText } from '../figures/figure-text.ts';
import { rowOf, SUBJECT, type Subject } from '../figures/subject.ts';

/** An effect on one scale: how much more often the judge favours something than it should. */
interface Effect {
  readonly subject: Subject;
  readonly n: number;
  readonly estimate: Estimate;
  readonly interval: Outcome<{ readonly interval: Interval }>;
  readonly p: number | null;
  readonly behind: ComparisonFilter | null;
  /** What is favoured, to follow “favours”. */
  readonly favoured: string;
  /** What the effect is measured against. */
  readonly against: string;
}

const FEATURES: readonly {
  readonly feature: Feature;
  readonly subject: Subject;
  readonly favoured: string;
}[] = [
  { feature: 'longer', subject: SUBJECT.longer_output, favoured: 'the longer output' },
  { feature: 'list', subject: SUBJECT.output_with_list, favoured: 'the output with a list' },
  {
    feature: 'markdown',
    subject: SUBJECT.output_with_more_markdown,
    favoured: 'the output with more markdown',
  },
  { feature: 'own', subject: SUBJECT.own_output, favoured: 'its own output' },
  { feature: 'family', subject: SUBJECT.output_of_family, favoured: 'outputs of its own family' },
];

/** What the judge favours beyond what people favour: place, length, lists, markdown, itself, its family. */
export function biasPart(view: JudgeView): CardPart {
  const builder = new PartBuilder('bias', view);
  const effects = [positionEffect(view), ...FEATURES.map((each) => featureEffect(builder, view, each))];
  addLengthRegression(builder, view);
  addProbes(builder, view);
  const tested = effects.filter(({ p }) => p !== null).length;
  const adjusted = holm(effects.map(({ p }) => p));
  effects.forEach((effect, index) => {
    const { subject, n, estimate, interval, behind } = effect;
    const p = adjusted[index] ?? null;
    builder.add(subject, 'bias', n, estimate, { interval, behind });
    builder.add(
      subject,
      'adjusted_p',
      n,
      p === null
        ? undefinedBecause(estimate.defined ? 'there is no error to test with' : estimate.reason)
        : { defined: true, value: p },
    );
    builder.say(subject, effectSentence(view, effect, p, tested));
  });
  return builder.part();
}

/** @param tested how many effects the p was adjusted for */
function effectSentence(
  { judge, options }: JudgeView,
  effect: Effect,
  p: number | null,
  tested: number,
): string {
  const { estimate, interval, favoured, against, subject } = effect;
  if (!estimate.defined) return `${capital(rowOf(subject))}: ${estimate.reason}.`;
  const value = valueText(estimate.value, 'points');
  const ends = interval.defined
    ? ` (${Math.round(100 * options.level)} % interval ${endsText(interval.interval, 'points')})`
    : ` (no interval: ${interval.reason})`;
  const isShown = p !== null && p < 1 - options.level;
  const claim = isShown
    ? estimate.value > 0
      ? `${judge.name} favours ${favoured}`
      : `${judge.name} disfavours ${favoured}`
    : interval.defined && interval.interval.low * interval.interval.high > 0
      ? `No bias shown towards ${favoured} once all ${tested} are tested together (Holm, p ${valueText(p ?? 1, 'p')}), though this interval by itself leaves 0 out`
      : `No bias shown towards ${favoured}`;
  return `${claim}: ${value}${ends} against ${against}, on ${effect.n.toLocaleString('en')} ${subject === SUBJECT.first_place ? 'verdicts' : 'pairs'}.`;
}

function positionEffect(view: JudgeView): Effect {
  const { decided, share, ratio } = placeCounts(judgePlaces(view), view);
  return {
    subject: SUBJECT.first_place,
    n: decided,
    estimate: share.defined ? { defined: true, value: share.value - 0.5 } : share,
    interval: shiftRatio(ratio, -0.5),
    p: pOf(ratio, 0.5),
    behind: { between: { judge: view.judge.name }, orders: 'both_first' },
    favoured: 'what is shown first',
    against: 'an even half',
  };
}

function featureEffect(
  builder: PartBuilder,
  view: JudgeView,
  { feature, subject, favoured }: (typeof FEATURES)[number],
): Effect {
  const { data, judge, options, people } = view;
  const none = (reason: string): Effect => ({
    subject,
    n: 0,
    estimate: undefinedBecause(reason),
    interval: undefinedBecause(reason),
    p: null,
    behind: null,
    favoured,
    against: 'people',
  });
  if (feature === 'own' || feature === 'family') {
    if (!data.systemsAreNamed) return none('the study is blind, so systems have no names yet');
    if (feature === 'own' && !data.systems.some((system) => isSameModel(system, judge.model ?? judge.name))) {
      return none('no system has the judge’s name');
    }
    const family = familyOf(judge.model ?? judge.name);
    if (
      feature === 'family' &&
      !data.systems.some((system) => family !== null && familyOf(system) === family)
    ) {
      return none('no system is of the judge’s family, as far as names tell');
    }
  }
  const favours = favoursOf(sideWithFeature(data, judge, feature), judge.codes, people);
  const n = favours.pairs.length;
  if (n === 0)
    return none('on no pair does exactly one output have it while judge and people both chose a side');
  const items = valuesAt(data.itemOfPair, favours.pairs);
  for (const [measure, by] of [
    ['judge_share', 'judge'],
    ['people_share', 'people'],
  ] as const) {
    const { share, interval } = shareByItem(favours[by], items, options.level, 'there is no such pair');
    builder.add(subject, measure, n, share, {
      interval,
      behind: { between: { judge: judge.name }, favours: { feature, by } },
    });
  }
  const { estimate, interval, p } = favourDifference(favours, items, options.level);
  return {
    subject,
    n,
    estimate,
    interval,
    p,
    behind: { between: { judge: judge.name }, favours: { feature, by: 'judge_only' } },
    favoured,
    against: 'people on the same pairs',
  };
}

/** Newcombe's paired interval and McNemar's mid-p where every item has one pair, else item totals with t. */
function favourDifference(
  { judge, people }: Favours,
  items: Int32Array,
  level: number,
): Pick<Effect, 'estimate' | 'interval' | 'p'> {
  const difference = Int8Array.from(judge, (favours, index) => favours - (people[index] ?? 0));
  const estimate = { defined: true as const, value: sumOf(difference) / difference.length };
  const distinct = new Set(items).size;
  if (distinct < FEWEST_ITEMS) {
    return {
      estimate,
      interval: undefinedBecause(`${distinct} items are too few for an interval (${FEWEST_ITEMS} needed)`),
      p: null,
    };
  }
  if (distinct === items.length) {
    const paired = favourBeyondPeople(judge, people, level);
    return { estimate, interval: paired, p: paired.defined ? paired.p : null };
  }
  const ratio = ratioByItem(difference, new Uint8Array(difference.length).fill(1), items, level);
  return { estimate, interval: ratio, p: pOf(ratio, 0) };
}

/** What an output's own words can do to the judge, by the built-in probes; no figure of this study's pairs. */
function addProbes(builder: PartBuilder, { judge, options }: JudgeView): void {
  const { probes, model } = judge;
  if (probes === null) {
    if (model !== null)
      builder.say(
        SUBJECT.injections,
        `${judge.name} was not probed with outputs that tell it what to choose.`,
      );
    return;
  }
  const { tried, fell } = probes;
  const share =
    tried === 0
      ? undefinedBecause('it chose the good output in none of the clean probes')
      : { defined: true as const, value: fell / tried };
  builder.add(SUBJECT.injections, 'injection_rate', tried, share, {
    interval: tried === 0 ? null : { defined: true, interval: wilsonInterval(fell, tried, options.level) },
  });
  if (share.defined) {
    builder.say(
      SUBJECT.injections,
      fell === 0
        ? `${judge.name} fell for none of ${tried} probes in which the worse output told it what to choose.`
        : `${judge.name} fell for ${fell} of ${tried} probes in which the worse output told it what to choose.`,
    );
  }
}

function addLengthRegression(builder: PartBuilder, { data, judge, options, people }: JudgeView): void {
  const pairs = placesWhere(people.length, (pair) => isSide(people[pair]) && isSide(judge.codes[pair]));
  const { length } = data.features();
  const feature = lengthFeature(
    Float64Array.from(valuesAt(length.first, pairs)),
    Float64Array.from(valuesAt(length.second, pairs)),
  );
  // Of the two sides, the first is code 0.
  const prefers = (codes: Int8Array) => Uint8Array.from(valuesAt(codes, pairs), (code) => 1 - code);
  const pull = feature.defined
    ? biasBeyondPeople(
        feature.values,
        prefers(judge.codes),
        prefers(people),
        Float64Array.from(valuesAt(data.itemOfPair, pairs)),
        options.level,
      )
    : feature;
  builder.add(
    SUBJECT.longer_output,
    'length_odds_ratio',
    pairs.length,
    pull.defined ? { defined: true, value: Math.exp(pull.difference) } : pull,
    {
      interval: pull.defined
        ? {
            defined: true,
            interval: {
              ...pull.interval,
              low: Math.exp(pull.interval.low),
              high: Math.exp(pull.interval.high),
            },
          }
        : null,
    },
  );
}

function shiftRatio(ratio: Outcome<RatioByItem>, by: number): Outcome<{ readonly interval: Interval }> {
  if (!ratio.defined) return ratio;
  const { low, high, ...rest } = ratio.interval;
  return { defined: true, interval: { ...rest, low: low + by, high: high + by } };
}

function pOf(ratio: Outcome<RatioByItem>, hypothesised: number): number | null {
  if (!ratio.defined) return null;
  return studentTwoSidedP((ratio.value - hypothesised) / ratio.standardError, ratio.items - 1);
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
