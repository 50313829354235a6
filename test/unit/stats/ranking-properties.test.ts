/** Ranking: scale, order, and graphs that have no answer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { areaUnderCurve, averagePrecision, compareAreas } from '../../../shared/stats/discrimination/roc.ts';
import { bradleyTerry } from '../../../shared/stats/ranking/bradley-terry.ts';
import {
  comparisonBootstrap,
  promptBootstrap,
} from '../../../shared/stats/ranking/bradley-terry-bootstrap.ts';
import { centredStrengths } from '../../../shared/stats/ranking/centred-strengths.ts';
import {
  type ComparisonRow,
  countComparisons,
  countOutcomes,
} from '../../../shared/stats/ranking/comparison-counts.ts';
import { spearmanCorrelation } from '../../../shared/stats/ranking/correlation.ts';
import { concordance } from '../../../shared/stats/ranking/kendall.ts';
import { davidson, raoKupper } from '../../../shared/stats/ranking/tie-models.ts';
import { winGraph } from '../../../shared/stats/ranking/win-graph.ts';

const scores = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 40 });

describe('monotone scores', () => {
  it('AUC, Kendall and Spearman do not see a rising transformation', () => {
    fc.assert(
      fc.property(scores, fc.infiniteStream(fc.nat(1)), (x, coins) => {
        const labels = x.map(() => coins.next().value);
        const other = x.map((value, index) => (value * 7 + index * 3) % 11);
        const risen = x.map((value) => Math.exp(value / 3));
        expect(areaUnderCurve(labels, risen)).toEqual(areaUnderCurve(labels, x));
        expect(averagePrecision(labels, risen)).toEqual(averagePrecision(labels, x));
        expect(concordance(risen, other)).toEqual(concordance(x, other));
        expect(spearmanCorrelation(risen, other)).toEqual(spearmanCorrelation(x, other));
      }),
    );
  });

  it('turning a score round turns AUC and tau round', () => {
    fc.assert(
      fc.property(scores, fc.infiniteStream(fc.nat(1)), (x, coins) => {
        const labels = x.map(() => coins.next().value);
        const turned = x.map((value) => -value);
        const [up, down] = [areaUnderCurve(labels, x), areaUnderCurve(labels, turned)];
        if (up.defined && down.defined) expect(up.value + down.value).toBeCloseTo(1, 12);
        const pairs = concordance(x, labels);
        expect(concordance(turned, labels)).toMatchObject({
          concordant: pairs.discordant,
          discordant: pairs.concordant,
        });
        const same = compareAreas(labels, x, x);
        expect(same.defined && same.test.defined).toBe(false);
      }),
    );
  });

  it('pairs are counted as one would by hand', () => {
    fc.assert(
      fc.property(scores, fc.infiniteStream(fc.nat(5)), (x, stream) => {
        const y = x.map(() => stream.next().value);
        let [concordant, discordant] = [0, 0];
        x.forEach((first, i) => {
          for (let j = 0; j < i; j++) {
            const sign = Math.sign(first - (x[j] ?? 0)) * Math.sign((y[i] ?? 0) - (y[j] ?? 0));
            if (sign > 0) concordant++;
            if (sign < 0) discordant++;
          }
        });
        expect(concordance(x, y)).toMatchObject({ concordant, discordant });
      }),
    );
  });
});

/** A round robin in which everybody beats everybody at least once. */
const robin = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.nat(20)),
  {
    minLength: 6,
    maxLength: 6,
  },
);

function rowsOf(results: readonly (readonly [number, number, number])[]): ComparisonRow[] {
  const pairs = [
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
    [2, 3],
  ] as const;
  return results.map(([winA, winB, tie], index) => {
    const [a, b] = pairs[index] ?? [0, 1];
    return { a, b, winA, winB, tie };
  });
}

describe('Bradley–Terry', () => {
  it('does not see the numbering of systems, nor which side a row lists first', () => {
    fc.assert(
      fc.property(robin, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }), (results, to) => {
        const rows = rowsOf(results);
        const renamed = rows.map(({ a, b, winA, winB, tie }) => ({
          a: to[b] ?? 0,
          b: to[a] ?? 0,
          winA: winB,
          winB: winA,
          tie,
        }));
        const [one, two] = [
          bradleyTerry(countComparisons(rows, 4)),
          bradleyTerry(countComparisons(renamed, 4)),
        ];
        if (!one.defined || !two.defined) throw new Error('undefined');
        const [before, after] = [one, two].map(({ beta, covariance }) => centredStrengths(beta, covariance));
        to.forEach((name, player) => {
          expect(after?.strengths[name]).toBeCloseTo(before?.strengths[player] ?? Number.NaN, 8);
          expect(after?.standardErrors[name]).toBeCloseTo(before?.standardErrors[player] ?? Number.NaN, 8);
        });
      }),
    );
  });

  it('in a balanced round robin the points decide the order, under half wins and under Davidson', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 29 }), { minLength: 6, maxLength: 6 }), (wins) => {
        const counts = countComparisons(rowsOf(wins.map((winA) => [winA, 30 - winA, 4] as const)), 4);
        const points = Array.from({ length: 4 }, (_system, system) =>
          counts.wins.subarray(system * 4, system * 4 + 4).reduce((sum, count) => sum + count, 0),
        );
        for (const fit of [bradleyTerry(counts), davidson(counts)]) {
          if (!fit.defined) throw new Error(fit.reason);
          // Systems with equal points have equal strengths but for rounding.
          const strengths = fit.beta.map((each) => Math.round(each * 1e6));
          expect(concordance(strengths, points).discordant).toBe(0);
        }
        const rao = raoKupper(counts);
        if (!rao.defined) throw new Error(rao.reason);
        const [most, least] = [points.indexOf(Math.max(...points)), points.indexOf(Math.min(...points))];
        expect(rao.beta[most] ?? 0).toBeGreaterThanOrEqual((rao.beta[least] ?? 0) - 1e-9);
        expect(rao.tie).toBeGreaterThan(0);
      }),
    );
  });

  it('names who is unbeaten instead of fitting them', () => {
    const counts = countComparisons(
      [
        { a: 0, b: 1, winA: 3, winB: 2, tie: 0 },
        { a: 2, b: 1, winA: 4, winB: 0, tie: 0 },
        { a: 2, b: 0, winA: 1, winB: 0, tie: 0 },
      ],
      3,
    );
    expect(winGraph(counts)).toMatchObject({ connected: true, stronglyConnected: false, unbeaten: [2] });
    expect(bradleyTerry(counts)).toMatchObject({
      defined: false,
      reason: expect.stringContaining('system 2 never lost'),
    });
    const apart = countComparisons(
      [
        { a: 0, b: 1, winA: 3, winB: 2, tie: 0 },
        { a: 2, b: 3, winA: 1, winB: 2, tie: 0 },
      ],
      4,
    );
    expect(winGraph(apart)).toMatchObject({
      connected: false,
      stronglyConnected: false,
      unbeaten: [],
      components: [
        [0, 1],
        [2, 3],
      ],
    });
    expect(davidson(apart)).toMatchObject({
      defined: false,
      reason: expect.stringContaining('systems 0, 1 | systems 2, 3'),
    });
    const unbeatenOne = countComparisons([{ a: 0, b: 1, winA: 3, winB: 0, tie: 0 }], 2);
    expect(winGraph(unbeatenOne).unbeaten).toEqual([0]);
  });

  it('bootstrap intervals hold the estimate, and prompts that repeat themselves make them wider', () => {
    const random = seededRandom('prompts').unit;
    const prompts = Array.from({ length: 150 }, () => {
      const [a, b] = random() < 0.5 ? [0, 1] : random() < 0.5 ? [1, 2] : [2, 0];
      const isWin = random() < 0.6;
      return countComparisons([{ a, b, winA: isWin ? 4 : 0, winB: isWin ? 0 : 4, tie: 0 }], 3);
    });
    const counts = {
      players: 3,
      wins: new Float64Array(9).map((_wins, cell) =>
        prompts.reduce((sum, { wins }) => sum + (wins[cell] ?? 0), 0),
      ),
      ties: new Float64Array(9),
    };
    const single = comparisonBootstrap(counts, seededRandom('single').unit, 400);
    const clustered = promptBootstrap(counts, prompts, seededRandom('clustered').unit, 400);
    const fit = bradleyTerry(counts);
    if (!single.defined || !clustered.defined || !fit.defined) throw new Error('undefined');
    const { strengths } = centredStrengths(fit.beta, fit.covariance);
    for (const player of [0, 1, 2]) {
      const [narrow, wide] = [single.intervals[player], clustered.intervals[player]];
      if (narrow === undefined || wide === undefined) throw new Error('missing');
      expect(narrow.low).toBeLessThan(strengths[player] ?? Number.NaN);
      expect(narrow.high).toBeGreaterThan(strengths[player] ?? Number.NaN);
      // Four rows of a prompt say one thing: the error doubles.
      expect((wide.high - wide.low) / (narrow.high - narrow.low)).toBeGreaterThan(1.5);
      expect(clustered.rankIntervals[player]?.low).toBeGreaterThanOrEqual(1);
      expect(clustered.rankIntervals[player]?.high).toBeLessThanOrEqual(3);
    }
  });

  it('counting a long list equals counting rows', () => {
    const random = seededRandom('list').unit;
    const list = Array.from({ length: 500 }, () => {
      const first = Math.floor(random() * 5);
      return { first, second: (first + 1 + Math.floor(random() * 4)) % 5, outcome: Math.floor(random() * 3) };
    });
    const counted = countOutcomes(
      list.map(({ first }) => first),
      list.map(({ second }) => second),
      list.map(({ outcome }) => outcome),
      5,
    );
    const rows = list.map(({ first, second, outcome }) => ({
      a: first,
      b: second,
      winA: outcome === 2 ? 1 : 0,
      winB: outcome === 0 ? 1 : 0,
      tie: outcome === 1 ? 1 : 0,
    }));
    expect(counted).toEqual(countComparisons(rows, 5));
    expect(() => countComparisons([{ a: 1, b: 1, winA: 1, winB: 0, tie: 0 }], 3)).toThrow(
      /row 0: 1 against 1/,
    );
  });
});
