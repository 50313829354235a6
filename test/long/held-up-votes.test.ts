/** What is done on the thread that serves keys holds up whoever votes: none of it may take longer because much is stored. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { METHODS, type MethodName } from '../../shared/contract/methods.ts';
import { MADE_STUDY, makeStore } from '../bench/made-store.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PAIRS = 60_000;
const RATERS = 10;
const VOTES_PER_PAIR = 5;

/** Half a frame of processor time for a call, at a third of a million votes. */
const MOST_MS = 8;
const CALLS = 10;

/** An app over a large store, with all pairs drawn, a pack that half of the raters work in, and raters of many votes. */
async function openLarge() {
  const storePath = join(temporaryFolder(), 'large.sqlite');
  await makeStore(storePath, {
    pairs: PAIRS,
    raters: RATERS,
    votesPerPair: VOTES_PER_PAIR,
    judges: 1,
    pairsPerItem: 2,
    systems: 4,
    areLive: true,
  });
  const test = await openTestApp(storePath);
  test.app.context.store.write((store) => {
    store.run("INSERT INTO packs (public_id, study_id, name, made_at) VALUES ('pack', 1, 'one', 1)");
    store.run('UPDATE raters SET pack_id = 1 WHERE id > 5');
    store.run(
      `INSERT INTO selections (study_id, wave, method, pairs, candidates, drawn_at)
       VALUES (1, 0, '{"kind":"uniform","pairs":${PAIRS}}', ${PAIRS}, ${PAIRS}, 1)`,
    );
    store.run(
      'INSERT INTO selected_pairs (selection_id, place, pair_id, probability) SELECT 1, ordinal, id, 0.5 FROM pairs',
    );
    store.run(
      'UPDATE raters SET presented = (SELECT max(position) + 1 FROM presentations WHERE rater_id = raters.id)',
    );
  });
  return test;
}

/** Milliseconds of this thread's processor time for one of some calls. */
async function spentMs(call: () => Promise<unknown>, calls = CALLS): Promise<number> {
  await call();
  const before = process.threadCpuUsage();
  for (let done = 0; done < calls; done++) await call();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / calls;
}

const NAMES = Object.keys(METHODS) as MethodName[];

/** Questions that are answered here to whoever names no more than a study. */
const QUESTIONS = NAMES.flatMap((name) => {
  const { kind, runs, input } = METHODS[name];
  const asked = [{}, { studyId: MADE_STUDY.publicId }].find((each) => input.safeParse(each).success);
  return kind === 'query' && runs === 'here' && asked !== undefined ? [{ name, asked }] : [];
});

it('at a third of a million votes no question that is answered here holds a vote up, and a vote is one of few', async () => {
  const { app, value } = await openLarge();
  const spent = new Map<string, number>();
  for (const { name, asked } of QUESTIONS) spent.set(name, await spentMs(() => app.call(name, asked)));

  await value('studies.configure', { studyId: MADE_STUDY.publicId, design: { minimumViewingMs: 0 } });
  const { session, ...begun } = await value('rating.begin', { studyId: MADE_STUDY.publicId, rater: 'r000' });
  let { queue } = begun;
  expect(queue.length).toBeGreaterThan(0);
  const vote = async () => {
    const presentationId = queue[0]?.presentationId ?? '';
    const given = {
      session,
      commandId: crypto.randomUUID(),
      presentationId,
      answer: 'left',
      viewedMs: 700,
    } as const;
    ({ queue } = await value('rating.submit', given));
    await app.context.jobs.waitForEnd();
  };
  spent.set('a vote of whoever has given many', await spentMs(vote));

  expect([...spent].filter(([, ms]) => ms > MOST_MS)).toEqual([]);
  // Else it would show nothing.
  for (const name of ['studies.list', 'studies.show', 'rating.raters'])
    expect(spent.has(name), name).toBe(true);
});
