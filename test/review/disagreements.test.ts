/** Pairs that raters, or a judge, part over: found, read, classed, and asked again under a better guideline. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import type { DisagreementFilter } from '../../shared/review/disagreement-filter.ts';
import { guidelineGaps } from '../../shared/review/guideline-gaps.ts';
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
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(60)));
    const id = studyId ?? '';
    for (const rater of ['ada', 'ben']) await workSession(test, id, rater, 100, { skill: 1 });
    await workSession(test, id, 'cyd', 100, { skill: 0, leftBias: 1 });
    return { test, id };
  }

  it('is one of the version in force, and is shown to be closed once raters say the same', async () => {
    const { test, id } = await contested();
    const found = await test.value('disagreements.find', { studyId: id, limit: 50 });
    const gaps = found.disagreements.slice(0, 24);
    expect(gaps).toHaveLength(24);
    for (const { pair } of gaps)
      await test.value('disagreements.classify', { studyId: id, pair, class: 'guideline_gap' });
    expect(await test.value('disagreements.gaps', { studyId: id })).toMatchObject({
      version: 1,
      gaps: [{ version: 1, pairs: 24, compared: 0, outcome: 'not_asked' }],
    });
    expect(await test.app.call('disagreements.askAgain', { studyId: id })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    const before = await test.value('agreement.card', { studyId: id, parts: ['people'] });
    await test.value('studies.configure', { studyId: id, design: { guideline: 'The higher quality wins.' } });
    expect(await test.value('disagreements.askAgain', { studyId: id })).toEqual({ opened: 72 });
    // Until somebody answers anew, what was said stands.
    expect((await test.value('agreement.card', { studyId: id, parts: ['people'] })).parts).toEqual(
      before.parts,
    );
    for (const rater of ['ada', 'ben', 'cyd']) {
      const { shown, last } = await workSession(test, id, rater, 100, { skill: 1 });
      expect(shown).toHaveLength(24);
      expect(last.progress).toMatchObject({ done: 60, total: 60 });
    }
    const { version, gaps: after } = await test.value('disagreements.gaps', { studyId: id });
    expect(version).toBe(2);
    expect(after).toMatchObject([
      { version: 1, pairs: 24, compared: 24, before: expect.closeTo(2 / 3, 9), after: 0, outcome: 'closed' },
    ]);
    expect(after[0]?.interval?.low).toBe(0);
    expect(after[0]?.interval?.high).toBeLessThan(after[0]?.elsewhere ?? 0);
    // Nobody is asked once more who answered under the new guideline.
    expect(await test.value('disagreements.askAgain', { studyId: id })).toEqual({ opened: 0 });
    expect((await test.value('disagreements.find', { studyId: id })).total).toBe(found.total - 24);
  });

  it('is asked about again without moving places, blocks or what Undo takes back', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(12)));
    const id = studyId ?? '';
    await test.value('studies.configure', { studyId: id, design: { ratersPerPair: 2, blockSize: 4 } });
    await workSession(test, id, 'ada', 6, { skill: 1 });
    await workSession(test, id, 'ben', 6, { skill: 0, leftBias: 1 });
    const { store } = test.app.context;
    const taken = () => store.rawQuery<[number]>('SELECT taken FROM pairs ORDER BY id').all().flat();
    const before = taken();
    const pairs = store
      .rawQuery<[number]>(
        "SELECT pair_id FROM presentations WHERE rater_id = 1 AND kind = 'ordinary' AND block = 0",
      )
      .all()
      .flat();
    for (const pair of pairs)
      await test.value('disagreements.classify', { studyId: id, pair, class: 'guideline_gap' });
    await test.value('studies.configure', { studyId: id, design: { guideline: 'Another one.' } });
    const { opened } = await test.value('disagreements.askAgain', { studyId: id });
    expect(opened).toBeGreaterThan(3);
    const begun = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    // One of the second block was answered before; what is asked again belongs to the first.
    expect(begun.progress.blockLeft).toBe(3);
    const [asked] = begun.queue;
    const voted = await test.value('rating.submit', {
      session: begun.session,
      commandId: crypto.randomUUID(),
      presentationId: asked?.presentationId ?? '',
      answer: 'tie',
      viewedMs: 900,
    });
    expect(voted.queue[0]?.presentationId).not.toBe(asked?.presentationId);
    const undone = await test.value('rating.undo', {
      session: begun.session,
      commandId: crypto.randomUUID(),
    });
    expect(undone.queue[0]?.presentationId).toBe(asked?.presentationId);
    expect(taken()).toEqual(before);
    const reason = { studyId: id, rater: 'ben', about: 'exclusion', reason: 'a test' } as const;
    await test.value('quality.decide', { ...reason, isOn: true });
    await test.value('quality.decide', { ...reason, isOn: false });
    expect(taken()).toEqual(before);
  });

  it('that is seen again under the new version stays one of the first, and is not closed by itself', async () => {
    const { test, id } = await contested();
    const { disagreements: found } = await test.value('disagreements.find', { studyId: id, limit: 50 });
    const classify = async () => {
      for (const { pair } of found.slice(0, 6))
        await test.value('disagreements.classify', { studyId: id, pair, class: 'guideline_gap' });
    };
    await classify();
    await test.value('studies.configure', { studyId: id, design: { guideline: 'Something else.' } });
    await test.value('disagreements.askAgain', { studyId: id });
    // Everybody says what they said before.
    for (const rater of ['ada', 'ben']) await workSession(test, id, rater, 100, { skill: 1 });
    await workSession(test, id, 'cyd', 100, { skill: 0, leftBias: 1 });
    await classify();
    const { gaps } = await test.value('disagreements.gaps', { studyId: id });
    expect(gaps).toMatchObject([{ version: 1, pairs: 6, compared: 6 }]);
    expect(gaps[0]?.after).toBeCloseTo(gaps[0]?.before ?? 0, 12);
    expect(['open', 'not_shown']).toContain(gaps[0]?.outcome);
  });

  it('is called closed by chance in few studies where nothing changed', () => {
    const { unit } = seededRandom('no change');
    const label = () => (unit() < 0.8 ? 0 : 1);
    let closed = 0;
    for (let study = 0; study < 300; study++) {
      const pairs = [];
      while (pairs.length < 12) {
        const before = [label(), label(), label()];
        // Chosen because raters parted.
        if (new Set(before).size === 1) continue;
        pairs.push({ version: 1, item: pairs.length, before, after: [label(), label(), label()] });
      }
      const [report] = guidelineGaps(pairs, 0.32);
      if (report?.outcome === 'closed') closed++;
    }
    expect(closed / 300).toBeLessThan(0.05);
  });
});
