/** What figures are about: no name makes two of them one, and no name stands for two numbers. */

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PartBuilder } from '../../../shared/card/figures/figure.ts';
import { figuresCsv, figureText } from '../../../shared/card/figures/figure-text.ts';
import { MEASURES } from '../../../shared/card/figures/measures.ts';
import { ROW, rowOf, SUBJECT, type Subject } from '../../../shared/card/figures/subject.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { type CardInput, cardData } from '../../support/card-data.ts';
import { figuresById, partsOf } from '../../support/card-figures.ts';

/** Names that look like what rows are put together with. */
const hostile = fc.oneof(
  fc.constantFrom(
    ...Object.values(ROW),
    'sentence',
    'tie',
    'matrix',
    '',
    'a – b',
    'a less b',
    'a: first',
    'matrix: first / tie',
    '"a"',
    'lang=x',
    'gap 1: to 5 %',
    'epsilon 0.1',
    'strength 2',
    '=1+1',
  ),
  fc.string({ unit: fc.constantFrom('a', '"', '=', ' – ', ' less ', ': ', ' / ', ' ', '\\'), maxLength: 4 }),
);
const label = fc.constantFrom('first' as const, 'tie' as const);
const subject: fc.Arbitrary<Subject> = fc.oneof(
  fc.constantFrom(...Object.values(SUBJECT)),
  fc.record({ kind: fc.constantFrom('raters' as const, 'judges' as const), first: hostile, second: hostile }),
  fc.record({ kind: fc.constant('rater' as const), name: hostile }),
  fc.record({ kind: fc.constant('strength' as const), steps: fc.constantFrom(1, 2, 3) }),
  fc.record({ kind: fc.constant('slice' as const), name: hostile, value: hostile }),
  fc.record({ kind: fc.constant('votes' as const), rater: hostile, label }),
  fc.record({
    kind: fc.constant('cell' as const),
    between: fc.option(fc.record({ first: hostile, second: hostile })),
    row: label,
    column: label,
  }),
);

describe('subjects', () => {
  it('have rows of their own, whatever names hold', () => {
    fc.assert(
      fc.property(subject, subject, (one, other) => {
        // Slices stand in a part of their own, so they need not differ from others.
        if ((one.kind === 'slice') !== (other.kind === 'slice')) return;
        expect(rowOf(one) === rowOf(other)).toBe(canonicalJson(one) === canonicalJson(other));
      }),
      { numRuns: 20_000 },
    );
  });

  it('leave ordinary names as they are', () => {
    for (const name of ['openai/gpt-4', 'llama3:8b', 'r1', 'Jürgen', 'a=b', 'gpt-4 (2024-05-13)'])
      expect(rowOf({ kind: 'system', name })).toBe(name);
    expect(rowOf({ kind: 'slice', name: 'lang', value: 'x=y' })).toBe('lang=x=y');
    expect(rowOf({ kind: 'slice', name: 'lang=x', value: 'y' })).toBe('"lang=x"=y');
  });

  it('cannot have two figures of one measure', () => {
    const builder = new PartBuilder('agreement', { split: 'dev', data: { weights: null } });
    builder.count(SUBJECT.consensus, 'verdicts', 1);
    builder.count({ kind: 'rater', name: 'people' }, 'verdicts', 2);
    expect(() => builder.count({ kind: 'consensus' }, 'verdicts', 3)).toThrow(
      'two figures are called agreement/people/verdicts',
    );
  });
});

describe('a card of hostile names', () => {
  const random = seededRandom('hostile names');
  const codes = () => Array.from({ length: 40 }, () => random.below(3));
  const every = Array.from({ length: 40 }, (_each, pair) => pair);
  const names = [
    'people',
    'all raters',
    'a – b',
    'a',
    'b',
    'sentence',
    'matrix',
    'mean over raters',
    'first',
    '__proto__',
    'toString',
  ];
  const input: CardInput = {
    raters: Object.fromEntries(names.filter((name) => name !== '__proto__').map((name) => [name, codes()])),
    judges: { people: codes(), 'x less y': codes(), x: codes(), y: codes() },
    systems: ['both rankings', 'mean over raters', '__proto__'],
    systemOf: { first: every.map((pair) => pair % 3), second: every.map((pair) => (pair + 1) % 3) },
    slices: [
      { name: 'lang', value: 'x=y', pairs: every.slice(0, 20) },
      { name: 'lang=x', value: 'y', pairs: every.slice(20) },
      { name: '"lang', value: 'x"', pairs: every.slice(10, 30) },
    ],
  };

  it('has a row a subject, in its parts and as CSV', () => {
    const parts = partsOf(cardData(input), { judge: 'people' });
    const figures = figuresById(parts);
    expect(figures.get('agreement/"people"/kappa')?.value).not.toBe(
      figures.get('agreement/people/kappa')?.value,
    );
    const rows: { part: string; row: string; subject: string; measure: string }[] = parse(figuresCsv(parts), {
      columns: true,
      record_delimiter: '\r\n',
    });
    for (const key of ['row', 'subject'] as const)
      expect(new Set(rows.map((row) => [row.part, row[key], row.measure].join('\n'))).size).toBe(rows.length);
  });
});

describe('names of figures', () => {
  it('stand for one number each: the same label of the same subject is nowhere another value', () => {
    const random = seededRandom('one name, one number');
    const pairs = 240;
    const codes = (missing: number) =>
      Array.from({ length: pairs }, () => (random.below(100) < missing ? CODE.missing : random.below(4)));
    const input: CardInput = {
      raters: { ada: codes(30), ben: codes(50), cem: codes(60) },
      judges: {
        j: {
          firstShownFirst: codes(10),
          secondShownFirst: codes(10),
          scores: Array.from({ length: pairs }, () => random.below(100) / 100),
          tunedOn: Array.from({ length: pairs }, (_each, pair) => Number(pair % 7 === 0)),
        },
        k: codes(20),
      },
      systems: ['one', 'two', 'three'],
      systemOf: {
        first: Array.from({ length: pairs }, (_each, pair) => pair % 3),
        second: Array.from({ length: pairs }, (_each, pair) => (pair + 1) % 3),
      },
      slices: [{ name: 'lang', value: 'en', pairs: Array.from({ length: 120 }, (_each, pair) => pair) }],
    };
    for (const ties of ['separate', 'drop', 'half'] as const) {
      const said = new Map<string, { readonly value: string; readonly part: string }>();
      for (const { name, figures } of partsOf(cardData(input), { judge: 'j', options: { ties } })) {
        // The same judge under other policies is what that part is for.
        if (name === 'policies') continue;
        for (const figure of figures) {
          const key = `${canonicalJson(figure.subject)} ${MEASURES[figure.measure].label}`;
          const value = `${figureText(figure)} n ${figure.n}`;
          const before = said.get(key);
          if (before !== undefined)
            expect({ key, part: name, value }).toEqual({ key, part: name, value: before.value });
          said.set(key, { value, part: name });
        }
      }
      expect(said.size).toBeGreaterThan(200);
    }
  });
});
