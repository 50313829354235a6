import { placesWhere, valuesAt } from '../../columns/column.ts';
import { normalReach } from '../../stats/distribution/normal.ts';
import {
  type Estimate,
  type Interval,
  type Outcome,
  type Undefined,
  undefinedBecause,
} from '../../stats/estimate.ts';
import {
  bradleyTerry,
  type ScoredComparisons,
  strengthClusterSandwich,
} from '../../stats/ranking/bradley-terry.ts';
import { centredStrengths } from '../../stats/ranking/centred-strengths.ts';
import { spearmanCorrelation } from '../../stats/ranking/correlation.ts';
import { concordance } from '../../stats/ranking/kendall.ts';
import { midRanks } from '../../stats/ranking/mid-ranks.ts';
import { rankableGroup } from '../../stats/ranking/win-graph.ts';
import { ratioByItem } from '../../stats/resampling/ratio-by-item.ts';
import { FEWEST_ITEMS } from '../../stats/resampling/resample.ts';
import type { CardData } from '../columns/card-data.ts';
import { gradedWin, judgeGrades, NO_GRADE, peopleGrades } from '../columns/grades.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { judgeScores, peopleScores } from '../columns/win-scores.ts';
import { type CardPart, PartBuilder } from '../figures/figure.ts';
import { SUBJECT } from '../figures/subject.ts';

/** More systems than this make no ranking anybody reads. */
const MOST_SYSTEMS = 50;

const SOURCES = ['people', 'judge'] as const;
type Source = (typeof SOURCES)[number];

const MEASURES_OF = {
  people: {
    rate: 'people_ranked_rate',
    graded: 'people_graded_rate',
    elo: 'people_elo',
    rank: 'people_rank',
  },
  judge: { rate: 'judge_ranked_rate', graded: 'judge_graded_rate', elo: 'judge_elo', rank: 'judge_rank' },
} as const;

/** Systems ranked by people and by the judge on the same pairs, and how far the two rankings agree. */
export function rankingPart(view: JudgeView): CardPart {
  const builder = new PartBuilder('ranking', view);
  const { data, judge, options } = view;
  const { systems } = data;
  const systemOf = data.systemOf();
  const all = { people: peopleScores(view.people), judge: judgeScores(judge) };
  const pairs = comparedPairs(
    data,
    (pair) => !Number.isNaN(all.people[pair]) && !Number.isNaN(all.judge[pair]),
  );
  const isPresent = new Uint8Array(systems.length);
  for (const pair of pairs) {
    isPresent[systemOf.first[pair] ?? 0] = 1;
    isPresent[systemOf.second[pair] ?? 0] = 1;
  }
  const present = [...placesWhere(isPresent.length, (system) => isPresent[system] === 1)];
  if (present.length < 2 || present.length > MOST_SYSTEMS) {
    builder.say(
      SUBJECT.both_rankings,
      present.length < 2
        ? 'No two systems were compared by people and judge on the same pairs.'
        : `Rankings are worked out for ${MOST_SYSTEMS} systems at most; this study has ${present.length}.`,
    );
    return builder.part();
  }
  const placeOf = new Map(present.map((system, place) => [system, place]));
  const comparisons = comparisonsOf(data, pairs, placeOf);
  const ranks = {} as Record<Source, Float64Array>;
  for (const source of SOURCES) {
    const score = valuesAt(all[source], pairs);
    const rows = { ...comparisons, score };
    const rates = present.map((_system, place) => winRateOf(rows, place, options.level));
    // Rounded, so that equal rates added up in another order still tie.
    const place = midRanks(rates.map(({ value }) => -Number(value.toFixed(12)))).ranks;
    ranks[source] = place;
    const elo = eloOf(
      rows,
      present.map((system) => systems[system] ?? ''),
      options.level,
    );
    const unranked = elo.flatMap(({ value }, index) =>
      value.defined ? [] : [`${systems[present[index] ?? 0] ?? ''}: ${value.reason}`],
    );
    if (unranked.length > 0)
      builder.say(
        SUBJECT.both_rankings,
        `Without a strength by ${source === 'people' ? 'people' : judge.name}: ${unranked.join('; ')}.`,
      );
    present.forEach((system, index) => {
      const name = systems[system] ?? '';
      const behind = { between: { judge: judge.name }, system: name };
      const rate = rates[index];
      if (rate === undefined) return;
      const subject = { kind: 'system', name } as const;
      builder.add(
        subject,
        MEASURES_OF[source].rate,
        rate.n,
        { defined: true, value: rate.value },
        {
          interval: rate.interval,
          behind,
          isWeighed: true,
        },
      );
      builder.add(
        subject,
        MEASURES_OF[source].rank,
        present.length,
        {
          defined: true,
          value: place[index] ?? 0,
        },
        { isWeighed: true },
      );
      builder.add(subject, MEASURES_OF[source].elo, rate.n, elo[index]?.value ?? NOBODY, {
        interval: elo[index]?.interval ?? null,
        isWeighed: true,
      });
    });
  }
  addGradedRates(builder, view, placeOf);
  addRankAgreement(builder, view, ranks, present.length);
  return builder.part();
}

/** Pairs of two systems that a draw stands for, where there was one. */
function comparedPairs(data: CardData, isCounted: (pair: number) => boolean): Int32Array {
  const { first, second } = data.systemOf();
  return placesWhere(
    first.length,
    (pair) => isCounted(pair) && first[pair] !== second[pair] && data.weights?.[pair] !== 0,
  );
}

/** @param placeOf of a system among the ranked ones; the others are at −1 */
function comparisonsOf(
  { systemOf, itemOfPair, weights }: CardData,
  pairs: Int32Array,
  placeOf: ReadonlyMap<number, number>,
) {
  const { first, second } = systemOf();
  return {
    first: placesIn(placeOf, valuesAt(first, pairs)),
    second: placesIn(placeOf, valuesAt(second, pairs)),
    items: valuesAt(itemOfPair, pairs),
    weights: weights === null ? new Float64Array(pairs.length).fill(1) : valuesAt(weights, pairs),
  };
}

/** Each number's place among those that have one, −1 for the others. */
function placesIn(placeOf: ReadonlyMap<number, number>, numbers: Int32Array): Int32Array {
  const places = new Int32Array(numbers.reduce((most, number) => Math.max(most, number), -1) + 1).fill(-1);
  for (const [number, place] of placeOf) if (number < places.length) places[number] = place;
  return numbers.map((number) => places[number] ?? -1);
}

/** Win rates by strength, on pairs whose strength people say, and the judge where it says any. */
function addGradedRates(builder: PartBuilder, view: JudgeView, placeOf: ReadonlyMap<number, number>): void {
  const { data, judge, options } = view;
  const reach = data.strengths;
  if (reach === 0) return;
  const people = view.once('grades', () => peopleGrades(view));
  const own = judgeGrades(judge, reach, options);
  const pairs = comparedPairs(data, (pair) => people[pair] !== NO_GRADE && own?.[pair] !== NO_GRADE);
  const comparisons = comparisonsOf(data, pairs, placeOf);
  for (const [source, grades] of [
    ['people', people],
    ['judge', own],
  ] as const) {
    if (grades === null) continue;
    const score = Float64Array.from(valuesAt(grades, pairs), (grade) => gradedWin(grade, reach));
    for (const [system, place] of placeOf) {
      const rate = winRateOf({ ...comparisons, score }, place, options.level);
      builder.add(
        { kind: 'system', name: data.systems[system] ?? '' },
        MEASURES_OF[source].graded,
        rate.n,
        rate.n === 0
          ? undefinedBecause('no pair of it has a strength')
          : { defined: true, value: rate.value },
        { interval: rate.n === 0 ? null : rate.interval, isWeighed: true },
      );
    }
  }
}

function addRankAgreement(
  builder: PartBuilder,
  { judge, options }: JudgeView,
  { people: byPeople, judge: byJudge }: Readonly<Record<Source, Float64Array>>,
  systems: number,
): void {
  const { concordant, discordant, ...order } = concordance(byPeople, byJudge);
  const alike = rankingAlike(byPeople, byJudge);
  const tauB = alike ?? order.tauB;
  const rho = alike ?? spearmanCorrelation(byPeople, byJudge, options.level);
  builder.add(SUBJECT.both_rankings, 'kendall_tau', systems, tauB, { isWeighed: true });
  builder.add(
    SUBJECT.both_rankings,
    'spearman',
    systems,
    rho.defined ? { defined: true, value: rho.value } : rho,
    {
      interval: rho.defined
        ? rho.interval.defined
          ? { defined: true, interval: rho.interval }
          : rho.interval
        : null,
      isWeighed: true,
    },
  );
  builder.say(
    SUBJECT.both_rankings,
    `People and ${judge.name} put ${concordant} of ${(systems * (systems - 1)) / 2} pairs of systems in the same order and ${discordant} in the opposite one, by win rate.`,
  );
}

/** Why no rankings can be held against each other where one of them puts every system in one place. */
function rankingAlike(byPeople: Float64Array, byJudge: Float64Array): Undefined | null {
  const isFlat = (values: Float64Array) => values.every((value) => value === values[0]);
  if (isFlat(byPeople)) return undefinedBecause('all systems have the same win rate by people');
  return isFlat(byJudge) ? undefinedBecause('all systems have the same win rate by the judge') : null;
}

interface WeightedComparisons extends ScoredComparisons {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly score: Float64Array;
  readonly items: Int32Array;
  readonly weights: Float64Array;
}

function winRateOf(
  { first, second, score, items, weights }: WeightedComparisons,
  place: number,
  level: number,
) {
  const rows = placesWhere(items.length, (row) => first[row] === place || second[row] === place);
  const own = valuesAt(score, rows);
  const ownWeights = valuesAt(weights, rows);
  const ownItems = valuesAt(items, rows);
  for (let row = 0; row < own.length; row++) {
    const ofFirst = own[row] ?? 0;
    own[row] = (ownWeights[row] ?? 0) * (first[rows[row] ?? 0] === place ? ofFirst : 1 - ofFirst);
  }
  return {
    n: own.length,
    value: sumOf(own) / sumOf(ownWeights),
    interval: ratioByItem(own, ownWeights, ownItems, level),
  };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Strengths of those that have finite ones among themselves, and why the others have none; `place` in `systems`. */
function eloOf(
  rows: WeightedComparisons,
  systems: readonly string[],
  level: number,
): readonly {
  readonly value: Estimate;
  readonly interval: Outcome<{ readonly interval: Interval }> | null;
}[] {
  const players = systems.length;
  const counts = { players, wins: winsOf(rows, players), ties: new Float64Array(players * players) };
  const { members, others } = rankableGroup(counts);
  const reasons = new Map(others.map(({ player, stands }) => [player, STANDS[stands]]));
  const placeOf = new Map(members.map((player, place) => [player, place]));
  const [first, second] = [placesIn(placeOf, rows.first), placesIn(placeOf, rows.second)];
  const inside = placesWhere(first.length, (row) => (first[row] ?? -1) >= 0 && (second[row] ?? -1) >= 0);
  const among: WeightedComparisons = {
    first: valuesAt(first, inside),
    second: valuesAt(second, inside),
    score: valuesAt(rows.score, inside),
    items: valuesAt(rows.items, inside),
    weights: valuesAt(rows.weights, inside),
  };
  const fit = members.length < 2 ? NOBODY : strengthsOf(among, members.length, level);
  return systems.map((_system, player) => {
    const place = placeOf.get(player);
    if (place === undefined)
      return { value: undefinedBecause(reasons.get(player) ?? 'it cannot be ranked'), interval: null };
    if (!fit.defined) return { value: fit, interval: null };
    return {
      value: { defined: true, value: fit.values[place] ?? 0 },
      interval: fit.intervals[place] ?? null,
    };
  });
}

const NOBODY = undefinedBecause('of no two systems has each beaten the other, directly or through others');

const STANDS = {
  never_lost: 'it never lost to those that are ranked, so its strength is not finite',
  never_won: 'it never won against those that are ranked, so its strength is not finite',
  never_met: 'it never met those that are ranked, directly or through others',
} as const;

function winsOf(rows: WeightedComparisons, players: number): Float64Array {
  const wins = new Float64Array(players * players);
  for (let row = 0; row < rows.items.length; row++) {
    const [one, two, score] = [rows.first[row] ?? 0, rows.second[row] ?? 0, rows.score[row] ?? 0];
    const weight = rows.weights[row] ?? 0;
    wins[one * players + two] = (wins[one * players + two] ?? 0) + weight * score;
    wins[two * players + one] = (wins[two * players + one] ?? 0) + weight * (1 - score);
  }
  return wins;
}

function strengthsOf(
  rows: WeightedComparisons,
  players: number,
  level: number,
): Outcome<{
  readonly values: Float64Array;
  readonly intervals: readonly Outcome<{ readonly interval: Interval }>[];
}> {
  const fit = bradleyTerry({
    players,
    wins: winsOf(rows, players),
    ties: new Float64Array(players * players),
  });
  if (!fit.defined) return fit;
  const errors = strengthClusterSandwich(rows, fit);
  const { elo, standardErrors } = centredStrengths(
    fit.beta,
    errors.defined ? errors.covariance : fit.covariance,
  );
  const scale = 400 / Math.LN10;
  return {
    defined: true,
    values: elo,
    intervals: Array.from(elo, (value, index) => {
      if (!errors.defined) return errors;
      if (errors.items < FEWEST_ITEMS) {
        return undefinedBecause(`${errors.items} items are too few for an interval (${FEWEST_ITEMS} needed)`);
      }
      const reach = normalReach(level) * scale * (standardErrors[index] ?? 0);
      return {
        defined: true,
        interval: { low: value - reach, high: value + reach, level, method: 'sandwich by item, normal' },
      };
    }),
  };
}
