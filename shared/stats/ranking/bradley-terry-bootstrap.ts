import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { percentileInterval } from '../resampling/bootstrap-interval.ts';
import { multinomialDraw } from '../resampling/multinomial-draw.ts';
import { MOST_UNDEFINED_SHARE } from '../resampling/resample.ts';
import { bradleyTerry, fitStrengths } from './bradley-terry.ts';
import type { ComparisonCounts } from './comparison-counts.ts';
import { halfWins } from './comparison-counts.ts';
import { winGraph } from './win-graph.ts';

/** Intervals of centred strengths and of ranks from resampled comparisons. */
export interface StrengthBootstrap {
  readonly intervals: readonly Interval[];
  /** 1 is the strongest. */
  readonly rankIntervals: readonly Interval[];
  readonly replicates: number;
  /** Resamples without finite strengths, left out. */
  readonly undefinedReplicates: number;
}

/**
 * Percentile intervals from resampling single comparisons: a multinomial over the cells of the table, then a Newton
 * fit started at the estimate. Comparisons must be independent; where one prompt gives several, use
 * {@link promptBootstrap}.
 */
export function comparisonBootstrap(
  counts: ComparisonCounts,
  unit: () => number,
  replicates: number,
  level = 0.95,
): Outcome<StrengthBootstrap> {
  const { players } = counts;
  const cells: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < players; i++) {
    for (let j = 0; j < players; j++) {
      const index = i * players + j;
      if ((counts.wins[index] ?? 0) > 0) {
        cells.push(index);
        weights.push(counts.wins[index] ?? 0);
      }
      if (j < i && (counts.ties[index] ?? 0) > 0) {
        cells.push(-1 - index);
        weights.push(counts.ties[index] ?? 0);
      }
    }
  }
  const sample = Float64Array.from(weights);
  const total = sample.reduce((sum, count) => sum + count, 0);
  const drawn = new Float64Array(sample.length);
  const wins = new Float64Array(players * players);
  return strengthBootstrap(counts, replicates, level, () => {
    multinomialDraw(sample, total, unit, drawn);
    wins.fill(0);
    for (let kind = 0; kind < cells.length; kind++) {
      const cell = cells[kind] ?? 0;
      const times = drawn[kind] ?? 0;
      if (cell >= 0) wins[cell] = (wins[cell] ?? 0) + times;
      else {
        const tie = -1 - cell;
        const mirrored = (tie % players) * players + Math.floor(tie / players);
        wins[tie] = (wins[tie] ?? 0) + times / 2;
        wins[mirrored] = (wins[mirrored] ?? 0) + times / 2;
      }
    }
    return wins;
  });
}

/**
 * The same with prompts as units: each replicate draws prompts and keeps all comparisons made on them.
 *
 * @param prompts the counts of each prompt, over the same systems
 */
export function promptBootstrap(
  counts: ComparisonCounts,
  prompts: readonly ComparisonCounts[],
  unit: () => number,
  replicates: number,
  level = 0.95,
): Outcome<StrengthBootstrap> {
  const halves = prompts.map((prompt) => {
    const wins = halfWins(prompt);
    const used = Array.from(wins.keys()).filter((cell) => wins[cell] !== 0);
    return { used, wins: used.map((cell) => wins[cell] ?? 0) };
  });
  const total = new Float64Array(counts.players ** 2);
  return strengthBootstrap(counts, replicates, level, () => {
    total.fill(0);
    for (let draw = 0; draw < halves.length; draw++) {
      const prompt = halves[Math.floor(unit() * halves.length)];
      prompt?.used.forEach((cell, index) => {
        total[cell] = (total[cell] ?? 0) + (prompt.wins[index] ?? 0);
      });
    }
    return total;
  });
}

function strengthBootstrap(
  counts: ComparisonCounts,
  replicates: number,
  level: number,
  draw: () => Float64Array,
): Outcome<StrengthBootstrap> {
  const { players } = counts;
  if (replicates < 1) throw new RangeError('a bootstrap needs a replicate');
  const estimate = bradleyTerry(counts);
  if (!estimate.defined) return estimate;
  const strengths = Array.from({ length: players }, () => new Float64Array(replicates));
  const ranks = Array.from({ length: players }, () => new Float64Array(replicates));
  let kept = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const wins = draw();
    const resampled = { players, wins, ties: new Float64Array(0) };
    const fit = winGraph(resampled).stronglyConnected ? fitStrengths(wins, players, estimate.beta) : null;
    if (fit === null) continue;
    const mean = fit.beta.reduce((sum, each) => sum + each, 0) / players;
    const order = Array.from(fit.beta.keys()).sort((a, b) => (fit.beta[b] ?? 0) - (fit.beta[a] ?? 0));
    order.forEach((player, place) => {
      (strengths[player] as Float64Array)[kept] = (fit.beta[player] ?? 0) - mean;
      (ranks[player] as Float64Array)[kept] = place + 1;
    });
    kept++;
  }
  const undefinedReplicates = replicates - kept;
  if (undefinedReplicates > MOST_UNDEFINED_SHARE * replicates) {
    return undefinedBecause(`${undefinedReplicates} of ${replicates} resamples have no finite strengths`);
  }
  const interval = (values: Float64Array, method: string): Interval => ({
    ...percentileInterval(values.subarray(0, kept).sort(), level),
    method,
  });
  return {
    defined: true,
    intervals: strengths.map((values) => interval(values, 'bootstrap (percentile)')),
    rankIntervals: ranks.map((values) => interval(values, 'bootstrap ranks (percentile)')),
    replicates,
    undefinedReplicates,
  };
}
