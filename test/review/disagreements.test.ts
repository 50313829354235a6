/** Pairs that raters, or a judge, part over: found, read, classed, and asked again under a better guideline. */
import { describe, expect, it } from 'vitest';
import type { DisagreementFilter } from '../../shared/domain/review/disagreement-filter.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';

/** Votes of ada, ben and cyd; then the judge's; then lengths of both texts. */
const ROWS = [
  { votes: 'fff', judge: 's', lengths: [100, 100] },
  { votes: 'ffs', judge: 'f', lengths: [100, 300] },
  { votes: 'fft', judge: 't', lengths: [100, 100] },
  { votes: 'ttf', judge: 'f', lengths: [100, 100] },
  { votes: 'fst', judge: 's', lengths: [100, 900] },
  { votes: 'sss', judge: 's', lengths: [100, 100] },
] as const;
const VERDICT = { f: 'first', s: 'second', t: 'tie' } as const;

async function study() {
  const test = await openTestApp();
  const rows = ROWS.map(({ votes, judge, lengths }, index) => ({
    id: `zq-pair-${index}`,
    prompt: `Question ${index}?`,
    a: { system: 'zq-system-0', text: 'a'.repeat(lengths[0]) },
    b: { system: 'zq-system-1', text: 'b'.repeat(lengths[1]) },
    slices: { half: index < 3 ? 'early' : 'late' },
    human: ['ada', 'ben', 'cyd'].map((rater, place) => ({
      rater,
      verdict: VERDICT[votes[place] as 'f'],
      note: `Note ${place}`,
    })),
    judge: [{ judge: 'the judge', order: 'both', verdict: VERDICT[judge], raw: `Because of ${index}.` }],
  }));
  const { studyId } = await importText(test.storePath, jsonLines(rows));
  const id = studyId ?? '';
  const find = async (filter: Partial<DisagreementFilter>) => {
    const found = await test.value('disagreements.find', { studyId: id, filter, limit: 50 });
    return found.disagreements.map(({ task }) => Number(/\d+/u.exec(task[0]?.content ?? '')?.[0]));
  };
  return { test, id, find };
}

describe('disagreements', () => {
  it('are found by rater, direction, slice and length gap, blind', async () => {
    const { test, id, find } = await study();
    expect(await find({})).toEqual([1, 2, 3, 4]);
    expect(await find({ rater: 'cyd' })).toEqual([1, 2, 3]);
    expect(await find({ rater: 'ada' })).toEqual([]);
    expect(await find({ direction: 'opposite' })).toEqual([1, 4]);
    expect(await find({ rater: 'cyd', direction: 'side_against_tie' })).toEqual([3]);
    expect(await find({ rater: 'cyd', direction: 'tie_against_side' })).toEqual([2]);
    expect(await find({ slice: { name: 'half', value: 'late' } })).toEqual([3, 4]);
    expect(await find({ lengthGap: [0.4, 1] })).toEqual([1, 4]);
    const blind = await test.value('disagreements.find', { studyId: id, limit: 50 });
    expect(JSON.stringify(blind)).not.toMatch(/zq-|the judge|Because/u);
    const [first] = blind.disagreements;
    expect(first?.votes.map(({ note }) => note)).toEqual(['Note 0', 'Note 1', 'Note 2']);
    const isFirstLeft = first?.left.output[0]?.content.startsWith('a');
    expect(first?.votes.map(({ answer }) => answer)).toEqual(
      ['f', 'f', 's'].map((letter) => ((letter === 'f') === isFirstLeft ? 'left' : 'right')),
    );
    for (const between of ['judge', 'either'] as const)
      expect(await test.app.call('disagreements.find', { studyId: id, filter: { between } })).toMatchObject({
        ok: false,
        error: { code: 'study_blinded' },
      });
    expect(
      await test.app.call('disagreements.find', { studyId: id, filter: { rater: 'nobody' } }),
    ).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('of a judge are read after unblinding, with systems and what the judge said', async () => {
    const { test, id, find } = await study();
    await test.value('studies.unblind', { studyId: id, confirmName: 'Study' });
    expect(await find({ between: 'judge' })).toEqual([0, 2, 3]);
    expect(await find({ between: 'judge', judge: 'the judge', direction: 'opposite' })).toEqual([0]);
    expect(await find({ between: 'judge', direction: 'side_against_tie' })).toEqual([3]);
    expect(await find({ between: 'judge', direction: 'tie_against_side' })).toEqual([2]);
    expect(await find({ between: 'either' })).toEqual([0, 1, 2, 3, 4]);
    const { disagreements } = await test.value('disagreements.find', {
      studyId: id,
      filter: { between: 'judge' },
      limit: 1,
    });
    expect([disagreements[0]?.left.system, disagreements[0]?.right.system].sort()).toEqual([
      'zq-system-0',
      'zq-system-1',
    ]);
    expect(disagreements[0]?.judgments).toMatchObject([{ judge: 'the judge', rationale: 'Because of 0.' }]);
  });

  it('leave out whom the lead left out', async () => {
    const { test, id, find } = await study();
    await test.value('quality.decide', {
      studyId: id,
      rater: 'cyd',
      about: 'exclusion',
      isOn: true,
      reason: 'a test',
    });
    expect(await find({})).toEqual([4]);
    const { disagreements } = await test.value('disagreements.find', { studyId: id });
    expect(disagreements[0]?.votes.map(({ isExcluded }) => isExcluded)).toEqual([false, false, true]);
  });

  it('are classed, found by class, and their classes logged', async () => {
    const { test, id, find } = await study();
    const { disagreements } = await test.value('disagreements.find', { studyId: id, limit: 50 });
    const classify = (index: number, chosen: 'ambiguous_item' | 'rater_error' | null) =>
      test.value('disagreements.classify', {
        studyId: id,
        pair: disagreements[index]?.pair ?? 0,
        class: chosen,
      });
    await classify(0, 'ambiguous_item');
    await classify(1, 'rater_error');
    await classify(1, 'ambiguous_item');
    expect(await find({ class: 'ambiguous_item' })).toEqual([1, 2]);
    expect(await find({ class: 'none' })).toEqual([3, 4]);
    await classify(0, null);
    expect(await find({ class: 'none' })).toEqual([1, 3, 4]);
    const page = await test.value('disagreements.find', { studyId: id });
    expect(page).toMatchObject({ total: 4, classified: 1 });
    const { store } = test.app.context;
    expect(
      store.query("SELECT 1 FROM audit_log WHERE action = 'disagreement.classified'").all(),
    ).toHaveLength(4);
    expect(
      await test.app.call('disagreements.classify', { studyId: id, pair: 9999, class: null }),
    ).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe('a gap of the guideline', () => {
  /** Raters of whom half read the guideline one way, until it says which. */
  async function contested(): Promise<{ test: TestApp; id: string }> {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(24)));
    const id = studyId ?? '';
    for (const rater of ['ada', 'ben']) await workSession(test, id, rater, 100, { skill: 1 });
    await workSession(test, id, 'cyd', 100, { skill: 0, leftBias: 1 });
    return { test, id };
  }

  it('is one of the version in force, and is shown to be closed once raters say the same', async () => {
    const { test, id } = await contested();
    const found = await test.value('disagreements.find', { studyId: id, limit: 50 });
    const gaps = found.disagreements.slice(0, 12);
    expect(gaps).toHaveLength(12);
    for (const { pair } of gaps)
      await test.value('disagreements.classify', { studyId: id, pair, class: 'guideline_gap' });
    expect(await test.value('disagreements.gaps', { studyId: id })).toMatchObject({
      version: 1,
      gaps: [{ version: 1, pairs: 12, compared: 0, outcome: 'not_asked' }],
    });
    expect(await test.app.call('disagreements.askAgain', { studyId: id })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    const before = await test.value('agreement.card', { studyId: id, parts: ['people'] });
    await test.value('studies.configure', { studyId: id, design: { guideline: 'The higher quality wins.' } });
    expect(await test.value('disagreements.askAgain', { studyId: id })).toEqual({ opened: 36 });
    // Until somebody answers anew, what was said stands.
    expect((await test.value('agreement.card', { studyId: id, parts: ['people'] })).parts).toEqual(
      before.parts,
    );
    for (const rater of ['ada', 'ben', 'cyd']) {
      const { shown, last } = await workSession(test, id, rater, 100, { skill: 1 });
      expect(shown).toHaveLength(12);
      expect(last.progress).toMatchObject({ done: 24, total: 24 });
    }
    const { version, gaps: after } = await test.value('disagreements.gaps', { studyId: id });
    expect(version).toBe(2);
    // All twelve fell: a sign test of 12 of 12.
    expect(after[0]?.p).toBeCloseTo(2 ** -11, 12);
    expect(after).toMatchObject([
      { version: 1, pairs: 12, compared: 12, before: 2 / 3, after: 0, outcome: 'closed' },
    ]);
    expect((await test.value('disagreements.find', { studyId: id })).total).toBe(found.total - 12);
  });
});
