/** What is told by hand to be a comparison, the schema takes as well, and as it stands: over records made to be almost right. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonSchema } from '../../shared/formats/own/native.ts';
import { plainComparison } from '../../shared/formats/own/plain-comparison.ts';

const rarely = <Value>(good: fc.Arbitrary<Value>, ...bad: readonly unknown[]) =>
  fc.oneof(
    { weight: 30, arbitrary: good as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );

const NOTHING = [null, undefined, '', 0, {}, []] as const;
const text = rarely(fc.string({ maxLength: 5 }), null, 3, []);
const name = rarely(
  fc.constantFrom('m-1', 'ann', 'a b'),
  ' ann',
  'ann\u00a0',
  '',
  'x'.repeat(600),
  ...NOTHING,
);
const time = rarely(
  fc.constantFrom('2026-01-02T03:04:05Z', '2026-02-28T23:59:59.123Z', '2026-01-02T03:04:05+02:00'),
  '2026-02-30T03:04:05Z',
  '2026-02-31T03:04:05.5Z',
  '2026-13-01T00:00:00Z',
  '2026-01-02',
  '2026-01-02T24:00:00Z',
  ...NOTHING,
);
const message = rarely(
  fc.record({ role: fc.constantFrom('system', 'user', 'assistant', 'tool'), content: fc.string() }),
  { role: 'developer', content: '' },
  { role: 'user' },
  { role: 'user', content: '', name: 'x' },
  ...NOTHING,
);
const conversation = rarely(fc.array(message, { minLength: 1, maxLength: 3 }), ...NOTHING);
const output = rarely(
  fc.oneof(fc.record({ system: name, text }), fc.record({ system: name, messages: conversation })),
  { system: 'm', text: '', messages: [{ role: 'user', content: '' }] },
  { system: 'm', text: '', meta: { run_id: 'r' } },
  { system: 'm' },
  ...NOTHING,
);
const vote = rarely(
  fc.record(
    {
      rater: name,
      verdict: rarely(
        fc.constantFrom('first', 'second', 'tie', 'both_bad', 'skipped'),
        'inconsistent',
        'left',
      ),
      shown: rarely(fc.constantFrom('a_left', 'b_left'), 'left', null),
      at: time,
    },
    { requiredKeys: ['rater', 'verdict'] },
  ),
  { rater: 'ann', verdict: 'tie', note: 'n' },
  { rater: 'ann', verdict: 'tie', strength: 2 },
  { rater: 'ann', verdict: 'tie', strength: 4 },
  ...NOTHING,
);
const judgment = rarely(
  fc.record(
    {
      judge: name,
      order: rarely(fc.constantFrom('a_first', 'b_first', 'both', 'unknown'), 'first', null),
      verdict: rarely(fc.constantFrom('first', 'tie', 'unparsed', 'error', 'inconsistent'), 'skipped'),
      sample: rarely(fc.constantFrom(0, 1, 9999), -1, 1.5, 10_000, '0'),
      score: rarely(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        Number.NaN,
        Number.POSITIVE_INFINITY,
        '1',
      ),
      raw: text,
      at: time,
    },
    { requiredKeys: ['judge', 'verdict'] },
  ),
  { judge: 'j', verdict: 'tie' },
  { judge: 'j', verdict: 'error', order: 'both', sample: 0, failure: 'error' },
  ...NOTHING,
);
const asked = fc.oneof(
  { weight: 20, arbitrary: fc.record({ prompt: text }) },
  { weight: 20, arbitrary: fc.record({ messages: conversation }) },
  { weight: 1, arbitrary: fc.record({ prompt: text, messages: conversation }) },
  { weight: 1, arbitrary: fc.constant({}) },
);
const more = fc.oneof(
  { weight: 20, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ gold: {} }) },
  { weight: 1, arbitrary: fc.constant({ other: 1 }) },
);
const record = fc
  .tuple(
    asked,
    more,
    fc.record({ id: name, a: output, b: output }),
    fc.record(
      {
        reference: text,
        slices: rarely(
          fc.dictionary(fc.constantFrom('kind', 'x'), text, { maxKeys: 2 }),
          { '': 'x' },
          ...NOTHING,
        ),
        human: rarely(fc.array(vote, { maxLength: 2 }), ...NOTHING),
        judge: rarely(fc.array(judgment, { maxLength: 2 }), ...NOTHING),
      },
      { requiredKeys: [] },
    ),
  )
  .map((parts): Record<string, unknown> => Object.assign({}, ...parts));

describe('a plain comparison', () => {
  it('is what the schema makes of it', () => {
    const found = { plain: 0, not: 0 };
    fc.assert(
      fc.property(record, (row) => {
        const plain = plainComparison(row);
        if (plain === null) {
          found.not++;
          return;
        }
        found.plain++;
        expect(plain).toEqual(comparisonSchema.parse(row));
      }),
      { numRuns: 30_000 },
    );
    expect(found.plain).toBeGreaterThan(1000);
    expect(found.not).toBeGreaterThan(1000);
  });

  it('is not one with fields from a prototype, or with an own one named so', () => {
    const plain = { id: 'p', prompt: 'Why?', a: { system: 'm', text: '' }, b: { system: 'n', text: '' } };
    expect(plainComparison(plain)).toBe(plain);
    expect(
      plainComparison(JSON.parse(`{"__proto__": {"id": "p"}, ${JSON.stringify(plain).slice(1)}`)),
    ).toBeNull();
  });
});
