/** What a judge's number says of its verdict, whichever way round the pair stands and however its kinds are mixed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNativeRecord } from '../../../shared/formats/own/native.ts';
import { SurenessCollector } from '../../../shared/judge/sureness.ts';
import { type StatedScore, scoreColumns, scoreOf } from '../../../shared/study/judgment-score.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const points = fc.double({ min: -100, max: 100, noNaN: true });
const stated: fc.Arbitrary<StatedScore> = fc.oneof(
  probability.map((value) => ({ kind: 'verdict_probability' as const, value })),
  probability.map((value) => ({ kind: 'first_probability' as const, value })),
  probability.map((part) => ({ kind: 'preference' as const, value: 1 + part, first: 1, second: 2 })),
  fc.record({ kind: fc.constant('points' as const), first: points, second: points }),
  points.map((value) => ({ kind: 'sureness' as const, value })),
);

/** The same said of the pair the other way round. */
function turned(score: StatedScore): StatedScore {
  if (score.kind === 'first_probability') return { ...score, value: 1 - score.value };
  return 'first' in score ? { ...score, first: score.second, second: score.first } : score;
}

function surenessOf(scores: readonly (StatedScore | number)[], code: number) {
  const collector = new SurenessCollector(1);
  const columns = scores.map((score) => scoreColumns(score));
  collector.take(0, columns, code);
  return { value: collector.column()?.values[0], leftAside: collector.whyLeftAside() };
}

describe('sureness', () => {
  it('is the same whichever output is called the first', () => {
    fc.assert(
      fc.property(stated, fc.constantFrom(CODE.first, CODE.second, CODE.tie), (score, code) => {
        const other = code === CODE.first ? CODE.second : code === CODE.second ? CODE.first : code;
        const [one, two] = [surenessOf([score], code).value, surenessOf([turned(score)], other).value];
        if (one === undefined || two === undefined) expect(two).toBe(one);
        else expect(two).toBeCloseTo(one, 12);
      }),
    );
  });

  it('of AlpacaEval’s preference grows towards both ends of its range', () => {
    const at = (value: number) =>
      surenessOf([{ kind: 'preference', value, first: 1, second: 2 }], value < 1.5 ? CODE.first : CODE.second)
        .value;
    expect(
      [1.001, 1.25, 1.5, 1.75, 1.999].map((value) => Math.round(1000 * (at(value) ?? 0)) / 1000 + 0),
    ).toEqual([0.998, 0.5, 0, 0.5, 0.998]);
  });

  it('of a probability of the first output is that of the verdict', () => {
    expect(surenessOf([{ kind: 'first_probability', value: 0.1 }], CODE.second).value).toBe(0.9);
    expect(surenessOf([{ kind: 'first_probability', value: 0.1 }], CODE.tie).value).toBeUndefined();
  });

  it('is made of no bare number, and of no numbers of several kinds, and says so', () => {
    expect(surenessOf([0.9], CODE.first)).toMatchObject({
      value: undefined,
      leftAside: expect.stringMatching(/^1 of its numbers do not say what they are/u),
    });
    const mixed = [
      { kind: 'verdict_probability', value: 0.9 },
      { kind: 'points', first: 8, second: 2 },
    ] as const;
    expect(surenessOf(mixed, CODE.first)).toMatchObject({
      value: undefined,
      leftAside: expect.stringContaining('several kinds (probability, points)'),
    });
  });
});

describe('a score', () => {
  it('survives its columns and the native format', () => {
    fc.assert(
      fc.property(fc.oneof(stated, points), (score) => {
        expect(scoreOf(scoreColumns(score))).toEqual(score);
        const judge = [{ judge: 'j', order: 'both', sample: 0, verdict: 'first', score }];
        expect(readNativeRecord({ id: 'p', judge })).toMatchObject({ ok: true, value: { row: { judge } } });
      }),
    );
  });

  it('that is out of its range is refused with its field', () => {
    for (const score of [
      { kind: 'first_probability', value: 1.1 },
      { kind: 'preference', value: 3, first: 1, second: 2 },
      { kind: 'preference', value: 1, first: 1, second: 1 },
      { kind: 'points', first: 1 },
      { kind: 'confidence', value: 1 },
    ]) {
      const read = readNativeRecord({ id: 'p', judge: [{ judge: 'j', verdict: 'first', score }] });
      expect(read.ok).toBe(false);
      if (!read.ok) expect(read.problems[0]?.field).toMatch(/^judge\[0\]\.score/u);
    }
  });
});
