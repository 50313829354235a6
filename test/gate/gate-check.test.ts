import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineCheck, limitCheck, outcomeOf } from '../../shared/card/gate/gate-check.ts';
import type { GateFigure } from '../../shared/card/gate/gate-figure.ts';
import type { GateRule } from '../../shared/card/gate/gate-rule.ts';

const kappa = (value: number | null, low: number | null, high: number | null, n = 100): GateFigure => ({
  measure: 'kappa',
  about: 'all pairs',
  n,
  value,
  low,
  high,
  level: low === null ? null : 0.95,
  reason: low === null ? '4 items are too few for an interval (5 needed)' : null,
});
const rule = (change: Partial<GateRule> = {}): GateRule => ({
  minKappa: null,
  maxFlipRate: null,
  bound: 'lower',
  margin: 0.1,
  altTestEpsilon: null,
  slices: [],
  ...change,
});

describe('a limit', () => {
  it.each([
    ['the whole interval above', kappa(0.7, 0.61, 0.8), 'passed', 'passed'],
    ['the whole interval below', kappa(0.5, 0.4, 0.59), 'failed', 'failed'],
    ['the estimate above, the lower end below', kappa(0.65, 0.5, 0.8), 'inconclusive', 'passed'],
    ['the estimate below, the upper end above', kappa(0.55, 0.4, 0.7), 'inconclusive', 'failed'],
    ['the lower end just there', kappa(0.7, 0.6, 0.8), 'passed', 'passed'],
    ['no interval', kappa(0.9, null, null), 'inconclusive', 'passed'],
    ['no value', kappa(null, null, null), 'inconclusive', 'inconclusive'],
  ] as const)('with %s', (_name, figure, byInterval, byPoint) => {
    expect(limitCheck(figure, 'least', 0.6, 'lower').outcome).toBe(byInterval);
    expect(limitCheck(figure, 'least', 0.6, 'point').outcome).toBe(byPoint);
  });

  it('to the other side is the same mirrored', () => {
    fc.assert(
      fc.property(
        fc.tuple(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
        ),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('lower' as const, 'point' as const),
        (three, limit, bound) => {
          const [low = 0, value = 0, high = 0] = three.toSorted((left, right) => left - right);
          const most = limitCheck(kappa(value, low, high), 'most', limit, bound).outcome;
          const least = limitCheck(kappa(-value, -high, -low), 'least', -limit, bound).outcome;
          expect(most).toBe(least);
        },
      ),
    );
  });
});

describe('a baseline', () => {
  it.each([
    ['the same figure', kappa(0.6, 0.5, 0.7), kappa(0.6, 0.5, 0.7), 'passed'],
    ['shown to be lower', kappa(0.3, 0.25, 0.35), kappa(0.6, 0.55, 0.65), 'failed'],
    ['a little lower, well measured', kappa(0.58, 0.56, 0.6), kappa(0.6, 0.58, 0.62), 'passed'],
    ['a little lower, hardly measured', kappa(0.58, 0.3, 0.8), kappa(0.6, 0.3, 0.8), 'inconclusive'],
    ['higher', kappa(0.8, 0.75, 0.85), kappa(0.6, 0.55, 0.65), 'passed'],
    ['without an interval', kappa(0.8, null, null, 10), kappa(0.6, 0.55, 0.65), 'inconclusive'],
    ['without a value before', kappa(0.8, 0.7, 0.9), kappa(null, null, null), 'inconclusive'],
  ] as const)('against which kappa is %s', (_name, now, before, outcome) => {
    expect(baselineCheck(now, before, rule()).outcome).toBe(outcome);
  });

  it('counts a fall by more than the margin where estimates decide', () => {
    const before = kappa(0.6, 0.5, 0.7);
    expect(baselineCheck(kappa(0.51, 0.4, 0.6), before, rule({ bound: 'point' })).outcome).toBe('passed');
    expect(baselineCheck(kappa(0.49, 0.4, 0.6), before, rule({ bound: 'point' })).outcome).toBe('failed');
  });
});

describe('several checks', () => {
  it('fail with one, and are open with one', () => {
    const passed = limitCheck(kappa(0.9, 0.8, 1), 'least', 0.6, 'lower');
    const open = limitCheck(kappa(0.6, 0.4, 0.8), 'least', 0.6, 'lower');
    const failed = limitCheck(kappa(0.1, 0, 0.2), 'least', 0.6, 'lower');
    expect(outcomeOf([passed, open, failed])).toBe('failed');
    expect(outcomeOf([passed, open])).toBe('inconclusive');
    expect(outcomeOf([passed])).toBe('passed');
  });
});
