/** Distribution functions where the library loses digits, against 40-digit arithmetic (mpmath). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile, betaUpperTail } from '../../../shared/stats/distribution/beta.ts';
import { binomialAtLeast, binomialCdf } from '../../../shared/stats/distribution/binomial.ts';
import { chiSquareQuantile, chiSquareUpperTail } from '../../../shared/stats/distribution/chi-square.ts';
import { studentQuantile, studentUpperTail } from '../../../shared/stats/distribution/student-t.ts';

function relativeError(got: number, wanted: number): number {
  return Math.abs(got / wanted - 1);
}

describe('the beta distribution', () => {
  it.each([
    [0.8959648858712809, 133.46891620707285, 5, 0.0009382916051395955, 0.9990617083948604],
    [0.0024182232493684293, 10, 6830.190663217437, 0.9670658026342112, 0.032934197365788884],
    [0.501, 1e6, 1e6, 0.9976611505930685, 0.0023388494069315046],
    [0.4995, 1e6, 1e6, 0.07864957758090163, 0.9213504224190984],
    [0.9999733522495016, 1e6, 25.5, 0.38593719563450285, 0.6140628043654972],
    [1e-9, 5, 25.5, 1.301980168730405e-40, 1],
    [0.999, 2, 3, 0.999999996003, 3.997000000000011e-9],
  ])('at %f with (%f, %f)', (x, a, b, lower, upper) => {
    expect(relativeError(betaCdf(x, a, b), lower)).toBeLessThan(1e-12);
    expect(relativeError(betaUpperTail(x, a, b), upper)).toBeLessThan(1e-12);
  });

  it('its quantile undoes it, and both tails sum to 1', () => {
    const shape = fc.double({ min: 0.3, max: 3000, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), shape, shape, (probability, a, b) => {
        const x = betaQuantile(probability, a, b);
        expect(betaCdf(x, a, b) + betaUpperTail(x, a, b)).toBeCloseTo(1, 12);
        // An x within an ulp of 1 cannot be told from it.
        if (x < 1 - 1e-9) expect(relativeError(betaCdf(x, a, b), probability)).toBeLessThan(1e-8);
      }),
    );
  });
});

describe('the chi-square distribution at thousands of degrees of freedom', () => {
  it.each([
    [10_000, 10_000, 0.49811936596618267],
    [2020, 2000, 0.3723210552630053],
    [1e6, 1e6, 0.4998119368033945],
    [12_000, 10_000, 1.1470065524601248e-40],
    [1100, 1500, 0.9999999999999997],
  ])('beyond %f with %f', (x, freedom, upper) => {
    expect(relativeError(chiSquareUpperTail(x, freedom), upper)).toBeLessThan(1e-11);
  });

  it('its quantile undoes it', () => {
    for (const freedom of [900, 1_100, 20_000, 1e5]) {
      for (const probability of [0.001, 0.3, 0.5, 0.99]) {
        const x = chiSquareQuantile(probability, freedom);
        expect(relativeError(chiSquareUpperTail(x, freedom), 1 - probability)).toBeLessThan(1e-11);
      }
    }
  });
});

describe('what is made of them', () => {
  it('t quantiles have the tail they are asked for', () => {
    // R 4.2 gives 2.021075382995 at 40 degrees of freedom; 40-digit quadrature agrees with this.
    expect(studentQuantile(0.975, 40)).toBeCloseTo(2.0210753903062733, 13);
    for (const freedom of [1, 3.5, 29, 99, 1e4]) {
      expect(relativeError(studentUpperTail(studentQuantile(0.975, freedom), freedom), 0.025)).toBeLessThan(
        1e-12,
      );
    }
  });

  it('binomial tails add up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (trials, p) => {
          const successes = Math.floor(trials * p);
          expect(binomialCdf(successes, trials, p) + binomialAtLeast(successes + 1, trials, p)).toBeCloseTo(
            1,
            11,
          );
        },
      ),
    );
  });
});
