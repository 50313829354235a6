/** Votes that say by how much: they reach alpha, kappa and win rates, whichever output is called the first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { type CardInput, cardData } from '../../support/card-data.ts';
import { figuresById, numberAt, partsOf } from '../../support/card-figures.ts';

/** 60 synthetic pairs: three raters with gaps and some votes without a strength, and a judge that states preferences. */
const made = JSON.parse(readFileSync(join(import.meta.dirname, 'graded-votes.json'), 'utf8')) as {
  readonly raters: Record<string, number[]>;
  readonly strengths: Record<string, number[]>;
  readonly judge: number[];
  readonly preferences: number[];
};

const study: CardInput = {
  raters: made.raters,
  strengths: made.strengths,
  judges: { j: { codes: made.judge, preferences: made.preferences } },
};

/** The same with the two outputs of every pair called the other way round. */
const turned: CardInput = {
  raters: mapped(made.raters, (codes) => codes.map(otherCode)),
  strengths: made.strengths,
  judges: { j: { codes: made.judge.map(otherCode), preferences: made.preferences.map((value) => -value) } },
  systemOf: { first: made.judge.map(() => 1), second: made.judge.map(() => 0) },
};

describe('strengths of votes', () => {
  const figures = figuresById(partsOf(cardData(study)));

  it.each([
    // krippendorff 0.9 with value_domain −3 … 3, level ordinal.
    ['people/all raters/alpha_graded', 0.8508145757711825],
    // scikit-learn 1.9, cohen_kappa_score with labels −3 … 3 and linear weights; the judge against the medians.
    ['people/a – b/graded_kappa', 0.6823529411764706],
    ['people/a – c/graded_kappa', 0.6298806066473056],
    ['agreement/people/graded_kappa', 0.6491891891891892],
    // By hand: means of (1 − grade / 3) / 2.
    ['ranking/one/people_graded_rate', 0.5169491525423728],
    ['ranking/one/judge_graded_rate', 0.4999999999999999],
  ])('%s is what other programs make of it', (id, value) => {
    expect(numberAt(figures, id)).toBeCloseTo(value, 12);
  });

  // Two of ten pairs at strength 1 have no label of more than half.
  it('stand with the pairs that they rest on', () => {
    const n = (id: string) => figures.get(id)?.n;
    expect([1, 2, 3].map((steps) => n(`agreement/strength ${steps}/agreement`))).toEqual([8, 15, 14]);
    expect(n('people/a – b/graded_kappa')).toBe(37);
    expect(n('ranking/one/people_graded_rate')).toBe(59);
  });

  it('do not depend on which output is called the first', () => {
    const other = figuresById(partsOf(cardData(turned)));
    const graded = [...figures.keys()].filter((id) => /graded|strength \d/u.test(id));
    expect(graded.length).toBeGreaterThan(10);
    for (const id of graded) {
      expect(other.get(id)?.n, id).toBe(figures.get(id)?.n);
      expect(other.get(id)?.value, id).toBeCloseTo(figures.get(id)?.value ?? Number.NaN, 12);
    }
  });

  it('alone part two studies that are else the same, and say nothing where no vote has one', () => {
    const weak = mapped(made.strengths, (steps) => steps.map((each) => Math.min(each, 1)));
    const ofWeak = figuresById(partsOf(cardData({ ...study, strengths: weak })));
    const differing = [...figures.keys()].filter((id) => ofWeak.get(id)?.value !== figures.get(id)?.value);
    expect(differing.length).toBeGreaterThan(8);
    expect(differing.filter((id) => !/graded|strength \d/u.test(id))).toEqual([]);
    const { strengths: _none, ...plain } = study;
    expect([...figuresById(partsOf(cardData(plain))).keys()].filter((id) => /graded/u.test(id))).toEqual([]);
  });

  it('are weighed by what drawn pairs stand for', () => {
    const doubled = made.judge.map((_code, pair) => (pair < 30 ? 2 : 1));
    const twice = (column: readonly number[]) => [...column, ...column.slice(0, 30)];
    const drawn = figuresById(partsOf(cardData({ ...study, weights: doubled })));
    const repeated = figuresById(
      partsOf(
        cardData({
          raters: mapped(made.raters, twice),
          strengths: mapped(made.strengths, twice),
          judges: { j: { codes: twice(made.judge), preferences: twice(made.preferences) } },
        }),
      ),
    );
    for (const id of [
      'people/a – b/graded_kappa',
      'agreement/people/graded_kappa',
      'ranking/one/people_graded_rate',
    ]) {
      expect(drawn.get(id)?.value, id).toBeCloseTo(numberAt(repeated, id), 12);
      expect(drawn.get(id)?.weighing, id).toBe('weighed');
    }
    expect(drawn.get('people/all raters/alpha_graded')?.weighing).toBe('unweighed');
  });
});

function otherCode(code: number): number {
  if (code === CODE.first) return CODE.second;
  return code === CODE.second ? CODE.first : code;
}

function mapped<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
