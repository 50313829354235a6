/** What is told by hand to be a vote of a return, the schema takes as it stands, and it is in its canonical form. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../shared/json/canonical-json.ts';
import { plainVoteRow } from '../../shared/pack/plain-vote-row.ts';
import { returnRowSchema } from '../../shared/pack/return-rows.ts';

const rarely = <Value>(good: fc.Arbitrary<Value>, ...bad: readonly unknown[]) =>
  fc.oneof(
    { weight: 60, arbitrary: good as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );
const STRANGE = [null, '', 0, -1, 1.5, 1e300, [], {}, true] as const;

const vote = fc.record({
  n: rarely(fc.integer({ min: 1, max: 1e9 }), 1e9 + 1, '1', ...STRANGE),
  type: rarely(fc.constant('vote'), 'clock', ...STRANGE),
  rater: rarely(fc.constantFrom('ann', 'b c'), ' ann', 'ann ', 'x'.repeat(121), '\u00a0', ...STRANGE),
  presentation: rarely(
    fc.string({ unit: fc.constantFrom('0', 'a', 'f'), minLength: 32, maxLength: 32 }),
    'A'.repeat(32),
    'a'.repeat(31),
    `${'a'.repeat(32)}\n`,
    ...STRANGE,
  ),
  command: rarely(fc.uuid(), '00000000-0000-0000-0000-000000000000', 'x', ...STRANGE),
  at: rarely(fc.integer({ min: 0, max: 8.64e15 }), 8.64e15 + 2, ...STRANGE),
  answer: rarely(fc.constantFrom('left', 'right', 'tie', 'both_bad', 'skipped'), 'first', ...STRANGE),
  guideline: rarely(fc.integer({ min: 1, max: 9 }), ...STRANGE),
  viewedMs: rarely(fc.integer({ min: 0, max: 1e12 }), 1e12 + 1, ...STRANGE),
  idleMs: rarely(fc.integer({ min: 0, max: 1e12 }), ...STRANGE),
});
const more = fc.oneof(
  { weight: 20, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constantFrom({ note: 'n' }, { strength: 2 }, { other: 1 }, { confidence: 9 }) },
);

describe('a plain vote', () => {
  it('is one by the schema, which changes nothing of it, and its line is canonical', () => {
    const found = { plain: 0, not: 0 };
    fc.assert(
      fc.property(vote, more, fc.integer({ min: 0, max: 20 }), (row, rest, disorder) => {
        const whole = { ...row, ...rest };
        const text =
          disorder === 0
            ? JSON.stringify(whole)
            : disorder === 1
              ? `${canonicalJson(whole)} `
              : canonicalJson(whole);
        const plain = plainVoteRow(JSON.parse(text), text);
        if (plain === null) {
          found.not++;
          return;
        }
        found.plain++;
        const parsed = returnRowSchema.parse(JSON.parse(text));
        expect(parsed).toEqual(plain);
        expect(canonicalJson(parsed)).toBe(text);
      }),
      { numRuns: 20_000 },
    );
    expect(found.plain).toBeGreaterThan(1000);
    expect(found.not).toBeGreaterThan(1000);
  });

  it.each(['{"answer":"left","answer":"right"}', 'null', '[]', '"vote"', '{}'])('%s is none', (text) => {
    expect(plainVoteRow(JSON.parse(text), text)).toBeNull();
  });
});

describe('canonical JSON', () => {
  it('is what sorting the keys of every object gives, whatever its values', () => {
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, inner]) => inner !== undefined)
          .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
          .map(([key, inner]) => [key, sorted(inner)]),
      );
    };
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: false, values: [fc.jsonValue(), fc.constant(undefined)] }),
        (value) => {
          expect(canonicalJson(value)).toBe(JSON.stringify(sorted(value)));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('keeps times, and texts with lone surrogates, as JSON has them', () => {
    expect(canonicalJson({ b: new Date(0), a: [undefined, '\ud800'] })).toBe(
      '{"a":[null,"\\ud800"],"b":"1970-01-01T00:00:00.000Z"}',
    );
  });
});
