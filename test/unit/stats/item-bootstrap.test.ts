import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { tableOfRows } from '../../../shared/stats/paired-table/contingency-table.ts';
import { clusterBootstrap } from '../../../shared/stats/resampling/cluster-bootstrap.ts';
import { statisticOfPatterns } from '../../../shared/stats/resampling/item-patterns.ts';
import { multinomialDraw } from '../../../shared/stats/resampling/multinomial-draw.ts';
import { cohensKappa, kappaPoint } from '../../../shared/stats/two-raters/cohens-kappa.ts';

describe('the bootstrap over items', () => {
  it('draws as many items as there are, with the right mean and spread', () => {
    const random = seededRandom('multinomial');
    const counts = Float64Array.from([700, 200, 100]);
    const drawn = new Float64Array(3);
    let sum = 0;
    let squares = 0;
    for (let draw = 0; draw < 4000; draw++) {
      multinomialDraw(counts, 1000, random.unit, drawn);
      expect(drawn.reduce((total, each) => total + each)).toBe(1000);
      sum += drawn[1] ?? 0;
      squares += (drawn[1] ?? 0) ** 2;
    }
    const mean = sum / 4000;
    expect(mean).toBeGreaterThan(198.5);
    expect(mean).toBeLessThan(201.5);
    // Binomial(1000, 0.2) has variance 160.
    expect(squares / 4000 - mean ** 2).toBeGreaterThan(140);
    expect(squares / 4000 - mean ** 2).toBeLessThan(180);
  });

  it('comes close to the asymptotic interval when every item has one comparison', () => {
    const table = tableOfRows([
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ]);
    const tables = [...table.counts].map((_count, cell) => {
      const single = new Float64Array(9);
      single[cell] = 1;
      return single;
    });
    const patterns = { size: 3, tables, itemCounts: table.counts };
    const result = clusterBootstrap(
      patterns.itemCounts,
      statisticOfPatterns(patterns, kappaPoint),
      seededRandom('cohen').unit,
      4000,
    );
    const kappa = cohensKappa(table);
    if (!result.defined || !kappa.defined || kappa.interval === null) throw new Error('undefined');
    expect(Math.abs(result.interval.low - kappa.interval.low)).toBeLessThan(0.02);
    expect(Math.abs(result.interval.high - kappa.interval.high)).toBeLessThan(0.02);
  });
});
