/** Whatever two raters do, in whatever order: a lead's store and a vendor's say the same of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asked, makeStores, openBoth, played, type Step } from '../support/both-stores.ts';
import { tries } from '../support/tries.ts';

const RUNS = tries(4, 60);

const RUBRIC = { criteria: [{ name: 'depth', about: '' }], reasonTags: ['wrong'] };

/** Designs that bring in every rule between them. Pairs that check come at other places here and in a pack. */
const DESIGNS: Readonly<Record<string, Asked>> = {
  'a plain study': { pairs: 9, design: { rubric: RUBRIC, asksConfidence: true } },
  'a criterion that is needed': {
    pairs: 9,
    design: { rubric: { ...RUBRIC, criteria: [{ name: 'depth', about: '', required: true }] } },
  },
  blocks: { pairs: 9, design: { blockSize: 3, scale: 'two_way', rubric: RUBRIC, marksSpans: true } },
  'checks among the pairs': {
    pairs: 40,
    design: { checks: { repeatShare: 0.2, goldShare: 0, catchShare: 0.1, repeatGap: 6 } },
  },
  'checks in blocks': {
    pairs: 40,
    design: { blockSize: 4, checks: { repeatShare: 0.2, goldShare: 0, catchShare: 0.1, repeatGap: 5 } },
  },
  'training, consent and a new guideline': {
    pairs: 12,
    design: {
      training: { passMark: 0, attempts: 1 },
      consent: 'Agree.',
      scale: 'graded_5',
      rubric: { criteria: [{ name: 'width', about: '' }], reasonTags: ['other'] },
      checks: { repeatShare: 0.1, goldShare: 0, catchShare: 0, repeatGap: 4 },
    },
    known: [
      { stage: 'practice', verdict: 'tie' },
      { stage: 'practice', verdict: 'tie' },
      { stage: 'qualifying', verdict: 'first' },
    ],
    later: { guideline: 'Otherwise.', rubric: RUBRIC },
  },
};

const maybe = <Value>(values: readonly Value[], often = 4) =>
  fc.oneof(
    { weight: often, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );

/** What is said in a vote; much of it is not asked, or cannot be. */
const said = fc
  .record({
    answer: fc.constantFrom('left', 'right', 'tie', 'both_bad', 'skipped'),
    strength: fc.constantFrom(undefined, undefined, 1, 2, 3),
    skipReason: maybe(['other', 'cannot_judge']),
    note: maybe(['Why not.', ' \n ', 'a\u0000b']),
    confidence: maybe([1, 3]),
    viewedMs: fc.constantFrom(900, 900, 1500, 400, 32 * 24 * 3_600_000),
    idleMs: fc.constantFrom(0, 0, 300, 950),
    revises: fc.constantFrom(false, false, true),
    // Counted from the first that the pack was given.
    guidelineVersion: maybe([0, 1, 7]),
    details: maybe([
      { criteria: { depth: 'left' } },
      { criteria: { width: 'left' } },
      { reasonTags: ['wrong', 'wrong'] },
      { reasonTags: ['other'] },
      { spans: [{ side: 'left', from: 0, to: 6, quote: 'Answer' }] },
    ]),
  })
  .map((vote) => {
    const given = Object.entries(vote).filter(([, value]) => value !== undefined);
    const isSkip = vote.answer === 'skipped' && vote.skipReason === undefined;
    return { ...Object.fromEntries(given), ...(isSkip ? { skipReason: 'other' } : {}) };
  });

const pair = fc.oneof(
  { weight: 3, arbitrary: fc.constant('next' as const) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 12 }) },
);
const command = fc.constantFrom('a', 'b', 'c');
const by = fc.constantFrom<NonNullable<Step['by']>[]>('one', 'one', 'one', 'one', 'two', 'old one');
const sound = fc.constantFrom(
  {},
  { answer: 'left', strength: 1 },
  { answer: 'tie' },
  { answer: 'right', strength: 2 },
  { answer: 'left', details: { criteria: { depth: 'tie' } } },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ vote: fc.constant('next' as const), said: sound, by }) },
  { weight: 4, arbitrary: fc.record({ vote: pair, said, by }) },
  { weight: 1, arbitrary: fc.record({ vote: pair, command, said: sound, by }) },
  { weight: 3, arbitrary: fc.record({ undo: fc.constantFrom('u', 'v', 'w', 'x', 'y', 'z', 'a'), by }) },
  { weight: 3, arbitrary: fc.record({ close: fc.constant(true as const), by }) },
  { weight: 2, arbitrary: fc.record({ draft: pair, by }) },
  { weight: 1, arbitrary: fc.record({ agree: fc.constantFrom('Agree.', 'Agree', ''), by }) },
  { weight: 2, arbitrary: fc.record({ history: fc.constant(true as const), by }) },
  { weight: 2, arbitrary: fc.record({ revisit: fc.integer({ min: 0, max: 12 }), by }) },
  {
    weight: 1,
    arbitrary: fc.record({
      begin: fc.constant(true as const),
      by: fc.constantFrom('one' as const, 'two' as const),
    }),
  },
);

/** The same steps with versions of the guideline as the study counts them. */
function withVersions(steps: readonly Step[], firstVersion: number): Step[] {
  return steps.map((each) =>
    typeof each.said?.guidelineVersion === 'number'
      ? { ...each, said: { ...each.said, guidelineVersion: firstVersion + each.said.guidelineVersion } }
      : each,
  );
}

/** How a sitting starts: most that is of interest needs somebody who has agreed. */
const AGREED: readonly Step[] = [{ agree: 'Agree.' }, { agree: 'Agree.', by: 'two' }];

describe('any work, here and in a pack', () => {
  it.each(Object.entries(DESIGNS))('comes to the same in %s', async (_about, asked) => {
    const stores = await makeStores(asked);
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(step, { minLength: 12, maxLength: 30, size: 'max' }),
        async (agrees, steps) => {
          const { lead, vendor } = await openBoth(stores);
          const all = [
            ...(agrees && asked.design?.consent !== undefined ? AGREED : []),
            ...withVersions(steps, stores.firstVersion),
          ];
          const here = await played(lead, all);
          const there = await played(vendor, all);
          await Promise.all([lead.app.close(), vendor.app.close()]);
          for (const outcome of here) seen.add(Array.isArray(outcome) ? String(outcome[0]) : 'taken');
          expect(there).toEqual(here);
        },
      ),
      { numRuns: RUNS, seed: 20 },
    );
    // Else it would show nothing.
    expect([...seen]).toEqual(expect.arrayContaining(['taken', 'invalid_input', 'session_taken_over']));
  });
});
