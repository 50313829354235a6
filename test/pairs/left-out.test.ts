/** A pair that is left out is as if it had never been there, for raters, figures, packs and exports alike; and comes back whole. */
import { describe, expect, it } from 'vitest';
import { judgeTasks } from '../../electron/core/judging/judge-tasks.ts';
import { requireVersion } from '../../electron/core/judging/require-version.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { requireStudy } from '../../electron/core/store/study/studies.ts';
import { EXPORT_FORMATS } from '../../shared/contract/export-methods.ts';
import { runSelectionSchema } from '../../shared/contract/run-selection.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { exportStudy } from '../support/exported-study.ts';
import { PAIRWISE } from '../support/judge-study.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { makeTestPack, packOptions } from '../support/packs.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';

const REASON = 'The task is cut off in the middle.';
const COUNT = 80;
/** By number. */
const LEFT_OUT = [1, 2, 17, 40, 41, 42, 80];

/** Rows with votes of three raters and two judges, each drawn. */
function ratedRows(): Record<string, unknown>[] {
  const { below } = seededRandom('left out');
  const said = ['first', 'second', 'tie', 'both_bad'];
  return qualityRows(COUNT, 2).map((row, index) => ({
    ...row,
    a: { ...(row.a as object), meta: { run_id: `run a ${index}` } },
    b: { ...(row.b as object), meta: { run_id: `run b ${index}` } },
    human: ['ada', 'ben', 'eve'].map((rater) => ({ rater, verdict: said[below(4)], note: 'why' })),
    judge: ['one', 'two'].flatMap((judge) =>
      ['a_first', 'b_first'].map((order) => ({ judge, order, verdict: said[below(3)] })),
    ),
  }));
}

async function studyWith(rows: readonly unknown[]): Promise<{ test: TestApp; id: string }> {
  const test = await openTestApp();
  const { studyId } = await importText(test.storePath, jsonLines(rows));
  return { test, id: studyId ?? '' };
}

async function pairsOf({ value }: TestApp, studyId: string, numbers: readonly number[]): Promise<number[]> {
  return (await value('pairs.list', { studyId, numbers })).map(({ pair }) => pair);
}

async function leaveOut(test: TestApp, studyId: string, numbers: readonly number[]): Promise<void> {
  const pairs = await pairsOf(test, studyId, numbers);
  expect(await test.value('pairs.leaveOut', { studyId, pairs, reason: REASON })).toEqual({
    changed: numbers.length,
  });
}

const isKept = (_row: unknown, index: number) => !LEFT_OUT.includes(index + 1);

describe('what rests on votes', () => {
  it('is what it is of a study that never had the pairs, and is again what it was', async () => {
    const { test, id } = await studyWith(ratedRows());
    const { test: other, id: otherId } = await studyWith(ratedRows().filter(isKept));
    const seen = async ({ value }: TestApp, studyId: string) => ({
      one: await value('agreement.card', { studyId, judge: 'one' }),
      two: await value('agreement.card', { studyId, judge: 'two', slice: { name: 'parity', value: 'odd' } }),
      raters: await value('quality.raters', { studyId }),
      consensus: await value('quality.consensus', { studyId }),
      effect: await value('quality.effect', { studyId, rater: 'eve' }),
    });
    const before = await seen(test, id);
    await leaveOut(test, id, LEFT_OUT);
    const wanted = await seen(other, otherId);
    const without = await seen(test, id);
    const leftOut = LEFT_OUT.length;
    expect(without).toEqual({ ...wanted, one: { ...wanted.one, leftOut }, two: { ...wanted.two, leftOut } });
    expect(without.one.pairs).toBe(COUNT - leftOut);
    const pairs = await pairsOf(test, id, LEFT_OUT);
    await test.value('pairs.takeBack', { studyId: id, pairs, reason: 'It is whole.' });
    expect(await seen(test, id)).toEqual(before);
  });

  it('says how many pairs the card is without', async () => {
    const { test, id } = await studyWith(ratedRows());
    expect(await test.value('agreement.card', { studyId: id })).toMatchObject({ leftOut: 0 });
    await leaveOut(test, id, [3]);
    expect(await test.value('agreement.card', { studyId: id })).toMatchObject({
      leftOut: 1,
      pairs: COUNT - 1,
    });
  });

  it.each(EXPORT_FORMATS.filter((format) => format !== 'parquet'))(
    'goes without them into an export as %s',
    async (format) => {
      const { test, id } = await studyWith(ratedRows());
      const { test: other, id: otherId } = await studyWith(ratedRows().filter(isKept));
      await leaveOut(test, id, LEFT_OUT);
      const { content, outcome } = await exportStudy(test.storePath, id, format);
      const wanted = await exportStudy(other.storePath, otherId, format);
      expect(outcome.leftOut).toContainEqual({
        what: 'pairs that the lead leaves out',
        rows: LEFT_OUT.length,
      });
      expect(outcome.rows).toBe(wanted.outcome.rows);
      expect(Object.keys(content).sort()).toEqual(Object.keys(wanted.content).sort());
      for (const [name, text] of Object.entries(content))
        if (!/manifest|card/u.test(name)) expect(text, name).toBe(wanted.content[name]);
      const { 'manifest.json': manifest } = content;
      if (format === 'native')
        expect(JSON.parse(manifest ?? '')).toMatchObject({
          counts: { pairs: COUNT - LEFT_OUT.length },
          pairsLeftOut: LEFT_OUT.map((number) => ({ pair: `pair-${number - 1}`, reason: REASON })),
        });
    },
  );

  it('are told in the tables of an export as far as they count', async () => {
    const { test, id } = await studyWith(ratedRows());
    await leaveOut(test, id, LEFT_OUT);
    const { outcome } = await exportStudy(test.storePath, id, 'parquet');
    expect(outcome.rows).toBe(COUNT - LEFT_OUT.length);
  });
});

describe('a rater', () => {
  /** Which rows a rater was shown, by the numbers that stand in their texts. */
  const numbersIn = (shown: readonly { readonly task: readonly { readonly content: string }[] }[]) =>
    shown.map(({ task }) => 1 + Number(/Question (\d+)\?/u.exec(task[0]?.content ?? '')?.[1]));

  it('is given none of them: none ahead, none that lay open, none again, none as a check', async () => {
    const { test, id } = await studyWith(qualityRows(40));
    const checks = { repeatShare: 0.2, catchShare: 0.2, goldShare: 0.2, repeatGap: 2 };
    await test.value('studies.configure', { studyId: id, design: { checks, ratersPerPair: 2 } });
    const golds = await pairsOf(test, id, [38, 39, 40]);
    for (const pair of golds)
      await test.value('pairs.markKnown', { studyId: id, pair, stage: 'gold', answer: 'left' });
    const { shown: early } = await workSession(test, id, 'ada', 12, { skill: 1 });
    const open = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    expect(open.queue.length).toBeGreaterThan(0);
    const out = [...new Set([...numbersIn(early).slice(0, 4), ...numbersIn(open.queue), 5, 6, 39])];
    await leaveOut(test, id, out);
    const { shown } = await workSession(test, id, 'ada', 1000, { skill: 1 });
    const { shown: others } = await workSession(test, id, 'ben', 1000, { skill: 1 });
    const given = [...numbersIn(shown), ...numbersIn(others)];
    expect(given.filter((number) => out.includes(number))).toEqual([]);
    const everything = Array.from({ length: 37 }, (_pair, index) => index + 1);
    const seen = new Set([...numbersIn(early), ...given]);
    expect(everything.filter((number) => !out.includes(number) && !seen.has(number))).toEqual([]);
    await test.value('pairs.takeBack', { studyId: id, pairs: await pairsOf(test, id, out), reason: 'whole' });
    const { shown: back } = await workSession(test, id, 'ben', 1000, { skill: 1 });
    for (const number of out.filter((number) => number < 38)) expect(numbersIn(back)).toContain(number);
  });

  it('keeps the vote on the pair that was on screen', async () => {
    const { test, id } = await studyWith(qualityRows(10));
    const { session, queue } = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    await leaveOut(test, id, numbersIn(queue.slice(0, 1)));
    const reply = await test.value('rating.submit', {
      session,
      commandId: crypto.randomUUID(),
      presentationId: queue[0]?.presentationId ?? '',
      answer: 'left',
      viewedMs: 900,
    });
    expect(reply.queue[0]?.presentationId).toBe(queue[1]?.presentationId);
    expect((await test.value('agreement.card', { studyId: id, parts: ['people'] })).raters).toEqual([]);
  });

  it('can close a block in which one lay open', async () => {
    const { test, id } = await studyWith(qualityRows(10));
    await test.value('studies.configure', { studyId: id, design: { blockSize: 4 } });
    const { last } = await workSession(test, id, 'ada', 3, { skill: 1 });
    expect(last.progress.blockLeft).toBe(1);
    await leaveOut(test, id, numbersIn(last.queue));
    const { session, progress } = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    expect(progress.blockLeft).toBe(0);
    expect((await test.value('rating.closeBlock', { session })).queue.length).toBeGreaterThan(0);
  });

  it('who adjudicates is not given one that was queued', async () => {
    const { test, id } = await studyWith(ratedRows());
    await test.value('pairs.queue', { studyId: id, pairs: await pairsOf(test, id, [3, 4, 5]) });
    await leaveOut(test, id, [3]);
    const { queue } = await test.value('rating.begin', { studyId: id, rater: 'judy', role: 'adjudicator' });
    expect(numbersIn(queue)).toEqual([4, 5]);
  });
});

describe('what else chooses pairs', () => {
  it('a pack holds none of them, and refuses one by name', async () => {
    const { test, id } = await studyWith(qualityRows(20));
    await leaveOut(test, id, [4, 5]);
    await makeTestPack(test, id, packOptions(['v1']));
    const packed = test.app.context.store
      .rawQuery<[number]>('SELECT ordinal + 1 FROM presentations JOIN pairs ON pairs.id = pair_id ORDER BY 1')
      .all()
      .flat();
    expect(packed).toHaveLength(18);
    expect(packed).not.toContain(4);
    await expect(
      makeTestPack(test, id, packOptions(['v2'], { pairs: ['pair-3'] }), { name: 'second' }),
    ).rejects.toThrow('“pair-3” is left out');
  });

  it('a pack that is topped up repeats none of what it had', async () => {
    const { test, id } = await studyWith(qualityRows(30));
    const checks = { repeatShare: 0.3, catchShare: 0.3, goldShare: 0, repeatGap: 1 };
    await test.value('studies.configure', { studyId: id, design: { checks } });
    await makeTestPack(test, id, packOptions(['v1'], { share: 0.5 }));
    const { store } = test.app.context;
    const packed = () =>
      store.rawQuery<[number, number]>('SELECT pair_id, id FROM presentations ORDER BY id').all();
    const before = packed();
    const out = [...new Set(before.map(([pair]) => pair))].slice(0, 10);
    await test.value('pairs.leaveOut', { studyId: id, pairs: out, reason: REASON });
    await makeTestPack(test, id, packOptions(['v1'], { share: 1 }), { isTopUp: true });
    const added = packed().slice(before.length);
    expect(added.length).toBeGreaterThan(10);
    expect(added.filter(([pair]) => out.includes(pair))).toEqual([]);
  });

  it('no draw, no review and no run of a judge takes one', async () => {
    const { test, id } = await studyWith(ratedRows());
    await leaveOut(test, id, LEFT_OUT);
    const { pairs } = await test.value('reviews.make', {
      studyId: id,
      plan: { kind: 'adjudication', judge: 'one', pairs: 1000 },
    });
    const { store } = test.app.context;
    const numbersOf = (table: 'reviewed_pairs' | 'selected_pairs') =>
      store
        .rawQuery<[number]>(`SELECT ordinal + 1 FROM ${table} JOIN pairs ON pairs.id = pair_id`)
        .all()
        .flat();
    expect(pairs).toBeGreaterThan(40);
    expect(numbersOf('reviewed_pairs').filter((number) => LEFT_OUT.includes(number))).toEqual([]);
    const definition = { ...PAIRWISE, endpoint: 'http://127.0.0.1:9/v1' } as const;
    const { judge } = await test.value('judges.keep', { studyId: id, definition });
    const version = requireVersion(store, requireStudy(store, id), judge);
    const asked = new Set<number>();
    const selection = runSelectionSchema.parse({});
    for (const { place } of judgeTasks(store, requireStudy(store, id), version, selection))
      asked.add(place.pairId);
    expect(asked.size).toBe(COUNT - LEFT_OUT.length);

    const { test: fresh, id: freshId } = await studyWith(qualityRows(30));
    await leaveOut(fresh, freshId, [1, 2]);
    const drawn = await fresh.value('design.draw', {
      studyId: freshId,
      method: { kind: 'random', pairs: 28 },
    });
    expect(drawn).toMatchObject({ candidates: 28, pairs: 28 });
  });

  it('whatever forgets it fails at the store', async () => {
    const { test, id } = await studyWith(qualityRows(3));
    await test.value('rating.begin', { studyId: id, rater: 'ada' });
    await leaveOut(test, id, [2]);
    expect(() =>
      test.app.context.store.write((store) =>
        store.run(
          `INSERT INTO presentations (public_id, rater_id, pair_id, position, left_side, created_at)
           VALUES ('x', 1, 2, 99, 'first', 1)`,
        ),
      ),
    ).toThrow('given to nobody');
  });
});

describe('the decision', () => {
  it('is made for all pairs or for none, with a reason, and once', async () => {
    const { test, id } = await studyWith(qualityRows(9));
    await leaveOut(test, id, [2]);
    const refusals: [unknown, string][] = [
      [{ pairs: [1, 2], reason: REASON }, 'conflict'],
      [{ pairs: [1, 999], reason: REASON }, 'not_found'],
      [{ pairs: [1], reason: '  ' }, 'invalid_input'],
      [{ pairs: [], reason: REASON }, 'invalid_input'],
    ];
    for (const [input, code] of refusals)
      expect(await test.app.call('pairs.leaveOut', { studyId: id, ...(input as object) })).toMatchObject({
        ok: false,
        error: { code },
      });
    expect(await test.app.call('pairs.takeBack', { studyId: id, pairs: [1], reason: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    expect((await test.value('pairs.find', { studyId: id, filter: { isLeftOut: true } })).numbers).toEqual([
      2,
    ]);
    const { leavingOut, isLeftOut } = await test.value('pairs.show', { studyId: id, number: 2 });
    expect({ leavingOut, isLeftOut }).toMatchObject({
      leavingOut: [{ isLeftOut: true, reason: REASON }],
      isLeftOut: true,
    });
  });

  it('is not made of pairs that train, whose number decides who is through', async () => {
    const { test, id } = await studyWith(qualityRows(9));
    await test.value('pairs.markKnown', { studyId: id, pair: 1, stage: 'qualifying', answer: 'left' });
    await test.value('pairs.markKnown', { studyId: id, pair: 2, stage: 'gold', answer: 'left' });
    expect(await test.app.call('pairs.leaveOut', { studyId: id, pairs: [1], reason: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    await leaveOut(test, id, [2]);
  });

  it('stands in the log, which misses one that was made beside it', async () => {
    const { test, id } = await studyWith(qualityRows(9));
    await leaveOut(test, id, [2, 3]);
    await test.value('pairs.takeBack', { studyId: id, pairs: [3], reason: 'whole' });
    const broken = async () => (await test.value('audit.verify', {})).broken?.reason ?? null;
    expect(await broken()).toBeNull();
    const { storePath } = test;
    const beside = (sql: string) => {
      const store = new Store(storePath, { readonly: false });
      store.write((open) => open.run(sql));
      store.close();
    };
    beside('UPDATE pairs SET is_left_out = 1 WHERE id = 5');
    expect(await broken()).toBe('is missing: pair 5 is left out by no row');
    beside('UPDATE pairs SET is_left_out = 0 WHERE id IN (2, 5)');
    expect(await broken()).toBe('decided otherwise about pair 2 than the store has it now');
    expect(() => beside('DELETE FROM pair_decisions')).toThrow('append-only');
  });
});
