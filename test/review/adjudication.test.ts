/** Pairs that raters part over, decided by adjudicators who see nothing of that until they have voted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportTo } from '../../electron/core/exports/export-service.ts';
import { importFiles, importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { trueAnswer } from '../support/simulated-rater.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Votes of three raters on each pair, as letters: first, second, tie. */
const VOTES = ['fff', 'fst', 'ffs', 'fs', 'sss', 'ttf', 'stf', 'ff'];
const VERDICT = { f: 'first', s: 'second', t: 'tie' } as const;

async function splitStudy(votes: readonly string[] = VOTES) {
  const test = await openTestApp();
  const rows = votes.map((said, index) => ({
    id: `zq-pair-${index}`,
    prompt: `Question ${index}?`,
    a: { system: 'zq-system-0', text: `Answer ${index}a of quality 5.` },
    b: { system: 'zq-system-1', text: `Answer ${index}b of quality 2.` },
    human: [...said].map((letter, rater) => ({
      rater: `rater ${rater + 1}`,
      verdict: VERDICT[letter as 'f'],
      note: `zq-note of ${rater + 1}`,
    })),
    judge: [{ judge: 'the judge', order: 'both', verdict: 'second', raw: 'zq-reason' }],
  }));
  const { studyId } = await importText(test.storePath, jsonLines(rows));
  return { test, id: studyId ?? '' };
}

const adjudicate = (test: TestApp, studyId: string, rater = 'judy') =>
  test.value('rating.begin', { studyId, rater, role: 'adjudicator' });

function voteOn(
  { value }: TestApp,
  session: string,
  pair: { readonly presentationId: string },
  answer: 'left' | 'right' | 'tie' | 'skipped',
) {
  return value('rating.submit', {
    session,
    commandId: crypto.randomUUID(),
    presentationId: pair.presentationId,
    answer,
    viewedMs: 900,
    ...(answer === 'skipped' ? { skipReason: 'cannot_judge' as const } : {}),
  });
}

/** Says left of everything there is to decide; returns the questions in their order. */
async function decideAll(
  test: TestApp,
  { session, queue: first }: Awaited<ReturnType<typeof adjudicate>>,
): Promise<number[]> {
  const order: number[] = [];
  let queue = first;
  while (queue[0] !== undefined) {
    order.push(...questionsOf(queue.slice(0, 1)));
    ({ queue } = await voteOn(test, session, queue[0], 'left'));
  }
  return order;
}

const questionsOf = (queue: readonly { readonly task: readonly { readonly content: string }[] }[]) =>
  queue.map(({ task }) => Number(/\d+/u.exec(task[0]?.content ?? '')?.[0]));

describe('an adjudication', () => {
  it('takes pairs without a label first, then those with the most opinions, and each once', async () => {
    const { test, id } = await splitStudy();
    const plan = { kind: 'adjudication' as const, showsVotes: false };
    expect(await test.value('reviews.make', { studyId: id, plan })).toMatchObject({ pairs: 5 });
    expect(await test.app.call('reviews.make', { studyId: id, plan })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    const begun = await adjudicate(test, id);
    expect(begun).toMatchObject({ stage: 'working', progress: { done: 0, total: 5 } });
    const order = await decideAll(test, begun);
    // 1 and 6: three opinions and no label; 3: two; then 2 and 5: one against two.
    expect(order.slice(0, 2).sort()).toEqual([1, 6]);
    expect(order[2]).toBe(3);
    expect(order.slice(3).sort()).toEqual([2, 5]);
  });

  it('takes what a judge disagrees on in random order, for the place of a pair would tell', async () => {
    const orders = new Set<string>();
    for (let study = 0; study < 6; study++) {
      const { test, id } = await splitStudy();
      const plan = { kind: 'adjudication' as const, judge: 'the judge' };
      expect(await test.value('reviews.make', { studyId: id, plan })).toMatchObject({ pairs: 7 });
      const order = await decideAll(test, await adjudicate(test, id));
      expect([...order].sort()).toEqual([0, 1, 2, 3, 5, 6, 7]);
      orders.add(order.join());
      const [review] = await test.value('reviews.list', { studyId: id });
      expect(review).toMatchObject({
        kind: 'adjudication',
        answered: 7,
        strata: { raters_split: 5, judge_differs: 2 },
        audit: null,
      });
    }
    expect(orders.size).toBeGreaterThan(2);
  });

  it('tells what raters said only where that tells nothing of a judge, or once names are known', async () => {
    const { test, id } = await splitStudy(['ff', 'ff', 'fs', 'ff']);
    await test.value('reviews.make', { studyId: id, plan: { kind: 'adjudication', judge: 'the judge' } });
    const { session, queue } = await adjudicate(test, id);
    const [first, second] = queue;
    if (first === undefined || second === undefined) throw new Error('nothing to adjudicate');
    expect((await voteOn(test, session, first, 'left')).revealed).toBeNull();
    await test.value('studies.unblind', { studyId: id, confirmName: 'Study' });
    expect((await voteOn(test, session, second, 'left')).revealed).toHaveLength(2);
  });

  it('tells nothing until the vote, and then what raters said where it is to', async () => {
    const { test, id } = await splitStudy();
    await test.value('reviews.make', { studyId: id, plan: { kind: 'adjudication' } });
    const begun = await adjudicate(test, id);
    const replies: unknown[] = [begun];
    let { queue } = begun;
    while (queue[0] !== undefined) {
      const [pair] = queue;
      expect(JSON.stringify(queue)).not.toMatch(/zq-|rater \d|verdict|judge|split|differs/iu);
      const reply = await voteOn(test, begun.session, pair, trueAnswer(pair) === 'left' ? 'left' : 'right');
      const [question = -1] = questionsOf([pair]);
      const isFirstLeft = /\da of/u.test(pair.left[0]?.content ?? '');
      const shown = { f: isFirstLeft ? 'left' : 'right', s: isFirstLeft ? 'right' : 'left', t: 'tie' };
      expect(reply.revealed?.map(({ answer }) => answer)).toEqual(
        [...(VOTES[question] ?? '')].map((letter) => shown[letter as 'f']),
      );
      const { revealed: _revealed, ...blind } = reply;
      replies.push(blind);
      queue = reply.queue;
    }
    expect(JSON.stringify(replies)).not.toMatch(/zq-|rater \d|"(?:first|second|verdict|system)"/u);
  });

  it('labels pairs that have none, others only where the policy says so, and never makes a rater', async () => {
    const { test, id } = await splitStudy();
    const people = async (adjudicated: 'where_split' | 'everywhere' | 'nowhere') => {
      const card = await test.value('agreement.card', {
        studyId: id,
        options: { adjudicated },
        parts: ['people', 'agreement'],
      });
      const counts = Object.fromEntries(
        (card.parts.find(({ name }) => name === 'people')?.figures ?? [])
          .filter(({ measure }) => measure === 'consensus_pairs')
          .map(({ row, value }) => [row, value]),
      );
      const kappa = card.parts
        .find(({ name }) => name === 'agreement')
        ?.figures.find(({ row, measure }) => row === 'people' && measure === 'agreement');
      return { counts, labelled: kappa?.n, raters: card.raters, adjudicated: card.adjudicated };
    };
    const before = await people('where_split');
    expect(before).toMatchObject({ labelled: 5, adjudicated: 0, counts: { split: 3 } });
    await test.value('reviews.make', { studyId: id, plan: { kind: 'adjudication', judge: 'the judge' } });
    const begun = await adjudicate(test, id);
    let { queue } = begun;
    while (queue[0] !== undefined) {
      const { left } = queue[0];
      ({ queue } = await voteOn(
        test,
        begun.session,
        queue[0],
        /\da of/u.test(left[0]?.content ?? '') ? 'left' : 'right',
      ));
    }
    expect(await people('where_split')).toMatchObject({
      labelled: 8,
      adjudicated: 3,
      counts: { split: 3, adjudicated: 3 },
      raters: ['rater 1', 'rater 2', 'rater 3'],
    });
    expect(await people('everywhere')).toMatchObject({ labelled: 8, adjudicated: 7 });
    expect(await people('nowhere')).toMatchObject({ labelled: 5, adjudicated: 0 });
    expect((await test.value('quality.raters', { studyId: id })).map(({ rater }) => rater)).toEqual([
      'rater 1',
      'rater 2',
      'rater 3',
    ]);
    expect((await test.value('studies.show', { studyId: id })).raters).toBe(3);
    const [folder, copy] = [temporaryFolder(), temporaryFolder()];
    await exportTo(test.app.context, id, 'native', folder);
    const rows = readFileSync(join(folder, 'comparisons.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows[1]).toMatchObject({
      adjudicated: [{ by: 'judy', verdict: 'first' }],
      gold: { verdict: 'first', provenance: 'adjudicated', votes: 3, agreeing: 1 },
    });
    // Votes that give a label are the label; the decision stands beside it.
    expect(rows[5]).toMatchObject({
      adjudicated: [{ by: 'judy', verdict: 'first' }],
      gold: { verdict: 'tie', provenance: 'majority' },
    });
    expect(rows[4].gold).toMatchObject({ verdict: 'second', provenance: 'unanimous' });
    const other = await openTestApp(join(temporaryFolder(), 'other.sqlite'));
    const set = [{ path: join(folder, 'manifest.json'), name: 'manifest.json' }];
    await importFiles(other.storePath, set, { study: 'Study', dryRun: true });
    const again = await importFiles(other.storePath, set, { study: 'Study' });
    await exportTo(other.app.context, again.studyId ?? '', 'native', copy);
    for (const name of ['comparisons.jsonl', 'agreement-card.json', 'manifest.json'])
      expect(readFileSync(join(copy, name), 'utf8'), name).toBe(readFileSync(join(folder, name), 'utf8'));
    expect((await importFiles(other.storePath, set, { study: 'Study' })).changedNothing).toBe(true);
  });

  it('is shared out among adjudicators; a skip hands a pair on, a change of mind is told', async () => {
    const { test, id } = await splitStudy(['fs', 'fs', 'fs', 'fs']);
    await test.value('reviews.make', { studyId: id, plan: { kind: 'adjudication' } });
    const [judy, rob] = [await adjudicate(test, id), await adjudicate(test, id, 'rob')];
    const both = [...questionsOf(judy.queue), ...questionsOf(rob.queue)];
    expect(new Set(both).size).toBe(both.length);
    const [first] = judy.queue;
    if (first === undefined) throw new Error('nothing to adjudicate');
    await voteOn(test, judy.session, first, 'skipped');
    const undone = await test.value('rating.undo', { session: judy.session, commandId: crypto.randomUUID() });
    expect(undone.queue[0]?.presentationId).toBe(first.presentationId);
    await voteOn(test, judy.session, first, 'left');
    const again = await test.value('rating.undo', { session: judy.session, commandId: crypto.randomUUID() });
    const changed = await voteOn(test, judy.session, again.queue[0] ?? first, 'right');
    const [question = -1] = questionsOf([first]);
    const found = await test.value('disagreements.find', { studyId: id, limit: 10 });
    const decided = found.disagreements.find(({ task }) => questionsOf([{ task }])[0] === question);
    expect(decided?.decisions).toMatchObject([{ by: 'judy', isChanged: true }]);
    let queue = changed.queue;
    while (queue[0] !== undefined) ({ queue } = await voteOn(test, judy.session, queue[0], 'skipped'));
    let rest = (await adjudicate(test, id, 'rob')).queue;
    const robs: number[] = [];
    const { session } = await adjudicate(test, id, 'rob');
    while (rest[0] !== undefined) {
      robs.push(...questionsOf(rest.slice(0, 1)));
      rest = (await voteOn(test, session, rest[0], 'tie')).queue;
    }
    expect(robs.sort()).toEqual([0, 1, 2, 3].filter((each) => each !== question));
  });

  it('goes with a set that is imported again, also after an audit, a pause and a dispute over roles', async () => {
    const { test, id } = await splitStudy(['ff', 'ss', 'fs', 'fs', 'ff', 'ss']);
    const audit = { kind: 'audit', judge: 'the judge', disagreements: 2, agreements: 2 } as const;
    await test.value('reviews.make', { studyId: id, plan: audit });
    await decideAll(test, await adjudicate(test, id));
    await test.value('reviews.make', { studyId: id, plan: { kind: 'adjudication' } });
    await decideAll(test, await adjudicate(test, id));
    await adjudicate(test, id, 'rob');
    for (const rater of ['judy', 'rob'])
      await test.value('quality.decide', {
        studyId: id,
        rater,
        about: 'pause',
        isOn: true,
        reason: 'a test',
      });
    const folder = temporaryFolder();
    await exportTo(test.app.context, id, 'native', folder);
    const set = [{ path: join(folder, 'manifest.json'), name: 'manifest.json' }];
    expect((await importFiles(test.storePath, set, { study: 'Study' })).changedNothing).toBe(true);
    const other = await openTestApp(join(temporaryFolder(), 'other.sqlite'));
    const again = await importFiles(other.storePath, set, { study: 'Study' });
    expect(again.errorCount).toBe(0);
    // What was decided elsewhere is not queued once more.
    expect(
      await other.app.call('reviews.make', {
        studyId: again.studyId ?? '',
        plan: { kind: 'adjudication' },
      }),
    ).toMatchObject({ ok: false, error: { code: 'conflict' } });
    const roles = jsonLines([{ id: 'zq-pair-0', adjudicated: [{ by: 'rater 1', verdict: 'tie' }] }]);
    for (const dryRun of [true, false]) {
      const refused = importText(other.storePath, roles, { study: 'Study', dryRun });
      if (dryRun) expect((await refused).errors[0]?.reason).toContain('is a rater of this study');
      else await expect(refused).rejects.toThrow('is a rater of this study');
    }
  });

  it('is nobody’s who rates under the same pseudonym', async () => {
    const { test, id } = await splitStudy();
    const refused = await test.app.call('rating.begin', {
      studyId: id,
      rater: 'rater 1',
      role: 'adjudicator',
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await test.value('reviews.make', { studyId: id, plan: { kind: 'adjudication' } });
    await adjudicate(test, id);
    expect(await test.app.call('rating.begin', { studyId: id, rater: 'judy' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    expect(await test.value('rating.raters', { studyId: id })).toEqual([
      { name: 'judy', role: 'adjudicator', done: 0 },
    ]);
  });
});
