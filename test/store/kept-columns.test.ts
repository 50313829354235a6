/** What a thread keeps between reports gives what a thread that keeps nothing finds. */
import { copyFileSync, renameSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadCardData } from '../../electron/core/store/columns/card-columns.ts';
import { studyColumnsOf } from '../../electron/core/store/columns/kept-columns.ts';
import { loadRaterVotes } from '../../electron/core/store/columns/rater-votes.ts';
import { StudyColumns } from '../../electron/core/store/columns/study-columns.ts';
import { verdictsSeen } from '../../electron/core/store/columns/verdict-columns.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { forgetKept, startKeeping } from '../../electron/core/store/engine/kept-in-thread.ts';
import { requireStudy } from '../../electron/core/store/study/studies.ts';
import { runDeletion } from '../../electron/core/studies/run-deletion.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { cardMaker } from '../../shared/card/agreement-card.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';

startKeeping();

const options = agreementOptionsSchema.parse({ consensus: 'majority' });

/** Everything that reports make of columns, without functions. */
function reported(store: Store, studyId: string, columns: StudyColumns) {
  const study = requireStudy(store, studyId);
  const data = loadCardData(store, study, { columns });
  const maker = cardMaker(data, null, options, null);
  return {
    data: Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'function' ? (value as () => unknown)() : value,
    ]),
    votes: loadRaterVotes(store, study.id, columns),
    parts: 'missing' in maker ? maker : maker.parts.map((name) => maker.part(name)),
  };
}

/** Holds what is kept against what is read anew. @returns the columns in use, and what they were read of */
function compare(
  storePath: string,
  studyId: string,
): { readonly columns: StudyColumns; readonly state: string } {
  const store = new Store(storePath, { readonly: true });
  try {
    return store.read(() => {
      const { id } = requireStudy(store, studyId);
      const kept = studyColumnsOf(store, id);
      expect(reported(store, studyId, kept)).toEqual(reported(store, studyId, new StudyColumns(store, id)));
      return { columns: kept, state: `${kept.votes.length} ${verdictsSeen(store, id)}` };
    });
  } finally {
    store.close();
  }
}

const RATERS = ['ada', 'ben', 'cleo'];
const VERDICTS = ['first', 'second', 'tie', 'both_bad'] as const;
const rater = fc.constantFrom(...RATERS);
const verdict = fc.constantFrom(...VERDICTS);
const pair = fc.integer({ min: 0, max: 11 });

/** What may happen to a study between two reports. */
const step = fc.oneof(
  fc.record({ does: fc.constant('rates'), rater, most: fc.integer({ min: 1, max: 6 }), seed: fc.string() }),
  fc.record({ does: fc.constant('adds pairs'), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ does: fc.constant('brings votes'), from: fc.constantFrom('x', 'y'), pair, verdict }),
  fc.record({
    does: fc.constant('brings verdicts'),
    pair,
    verdict,
    sample: fc.integer({ min: 0, max: 2 }),
    score: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  }),
  fc.record({ does: fc.constant('decides'), pair, verdict }),
  fc.record({ does: fc.constant('excludes'), rater, isOn: fc.boolean() }),
  fc.record({ does: fc.constant('adds another study') }),
  fc.record({ does: fc.constant('forgets') }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** A study whose import a step may contradict: what is refused changes nothing, which is a step, too. */
async function importRows(storePath: string, rows: readonly unknown[], study = 'Study'): Promise<void> {
  await importText(storePath, jsonLines(rows), { study }).catch(() => undefined);
}

async function take(test: TestApp, studyId: string, told: Step, state: { pairs: number }): Promise<void> {
  const { storePath } = test;
  const said = (at: number, more: object) => importRows(storePath, [{ id: `pair-${at}`, ...more }]);
  if ('most' in told)
    await workSession(test, studyId, told.rater, told.most, {
      skill: 0.6,
      undoes: 0.4,
      skips: 0.1,
      seed: told.seed,
    });
  else if ('count' in told) {
    state.pairs += told.count;
    await importRows(storePath, qualityRows(state.pairs));
  } else if ('from' in told) await said(told.pair, { human: [{ rater: told.from, verdict: told.verdict }] });
  else if ('sample' in told)
    await said(told.pair, {
      judge: (['a_first', 'b_first'] as const).map((order) => ({
        judge: 'j',
        order,
        sample: told.sample,
        verdict: told.verdict,
        ...(told.score === null ? {} : { score: { kind: 'verdict_probability', value: told.score } }),
      })),
    });
  else if ('isOn' in told)
    // Refused where nothing would change, or nobody of that name is there.
    await test.app.call('quality.decide', {
      studyId,
      rater: told.rater,
      about: 'exclusion',
      isOn: told.isOn,
      reason: 'as it happens',
    });
  else if ('pair' in told) await said(told.pair, { adjudicated: [{ by: 'zed', verdict: told.verdict }] });
  else if (told.does === 'forgets') forgetKept();
  else await importRows(storePath, qualityRows(2, 3, 'other'), 'Other');
}

it('is equal after any votes, undos, imports, decisions and exclusions', async () => {
  let refreshed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
      forgetKept();
      const test = await openTestApp();
      await importText(test.storePath, jsonLines(qualityRows(12)));
      const [study] = await test.value('studies.list', {});
      const studyId = study?.studyId ?? '';
      await test.value('studies.configure', { studyId, design: { minimumViewingMs: 0 } });
      const state = { pairs: 12 };
      let before = compare(test.storePath, studyId);
      for (const each of steps) {
        await take(test, studyId, each, state);
        const now = compare(test.storePath, studyId);
        if (now.columns === before.columns && now.state !== before.state) refreshed++;
        before = now;
      }
      await test.app.close();
    }),
    { numRuns: 15 },
  );
  // Else it would have compared what is read anew with itself.
  expect(refreshed).toBeGreaterThan(5);
});

it('is equal after live votes of an audit and of adjudicators, and after pairs were asked again', async () => {
  forgetKept();
  const test = await openTestApp();
  const { storePath } = test;
  const rows = qualityRows(12).map((row, place) => ({
    ...row,
    human: ['x', 'y'].map((rater) => ({
      rater,
      verdict: place % 3 === 0 && rater === 'y' ? 'second' : 'first',
    })),
    judge: [{ judge: 'j', order: 'both', verdict: place % 2 === 0 ? 'second' : 'first' }],
  }));
  await importText(storePath, jsonLines(rows));
  const [study] = await test.value('studies.list', {});
  const studyId = study?.studyId ?? '';
  await test.value('studies.configure', { studyId, design: { minimumViewingMs: 0, guideline: 'One.' } });
  await workSession(test, studyId, 'ada', 6, { skill: 0.6, undoes: 0, skips: 0, seed: 'a' });
  const { columns } = compare(storePath, studyId);
  const stays = () => expect(compare(storePath, studyId).columns).toBe(columns);
  for (const plan of [
    { kind: 'audit', judge: 'j', disagreements: 3, agreements: 3 },
    { kind: 'adjudication', judge: 'j' },
  ] as const) {
    await test.value('reviews.make', { studyId, plan });
    const begun = await test.value('rating.begin', { studyId, rater: 'judy', role: 'adjudicator' });
    let { queue } = begun;
    for (let votes = 0; queue[0] !== undefined && votes < 6; votes++) {
      const { presentationId } = queue[0];
      const vote = { session: begun.session, presentationId, viewedMs: 900 };
      ({ queue } = await test.value('rating.submit', {
        ...vote,
        commandId: crypto.randomUUID(),
        answer: votes % 2 === 0 ? 'left' : 'tie',
      }));
      stays();
    }
  }
  await test.value('studies.configure', { studyId, design: { guideline: 'Two.' } });
  await test.app.call('disagreements.askAgain', { studyId });
  await workSession(test, studyId, 'ada', 4, { skill: 0.9, undoes: 0.5, skips: 0.2, seed: 'b' });
  stays();
});

it('is let go of where another store stands at the same path', async () => {
  forgetKept();
  const test = await openTestApp();
  const { storePath } = test;
  await importText(storePath, jsonLines(qualityRows(6)));
  const [study] = await test.value('studies.list', {});
  const studyId = study?.studyId ?? '';
  await test.app.close();
  const earlier = `${storePath}.earlier`;
  copyFileSync(storePath, earlier);
  const vote = (by: string, verdict: string) =>
    importText(storePath, jsonLines([{ id: 'pair-1', human: [{ rater: by, verdict }] }]));
  await vote('ann', 'first');
  const { columns } = compare(storePath, studyId);
  expect(compare(storePath, studyId).columns).toBe(columns);
  renameSync(earlier, storePath);
  // The log goes on to where the other one was, by other rows.
  await vote('bob', 'tie');
  await vote('cy', 'second');
  compare(storePath, studyId);
});

it('does not take rows for known that got the numbers of a deleted study’s', async () => {
  const { storePath } = await openTestApp();
  const judged = (order: string) =>
    jsonLines(
      qualityRows(10).map((row) => ({ ...row, judge: [{ judge: 'one', order, verdict: 'second' }] })),
    );
  const { studyId } = await importText(storePath, judged('a_first'), { study: 'Kept' });
  const doomed = await importText(storePath, judged('a_first'), { study: 'Doomed' });
  const { state } = compare(storePath, studyId ?? '');
  await runDeletion(
    { storePath, studyId: doomed.studyId ?? '', losesOpenWork: false, votes: 0, nowMs: 1 },
    NO_CONTROLS,
  );
  await importText(storePath, judged('b_first'), { study: 'Kept' });
  expect(compare(storePath, studyId ?? '').state).toBe(state);
});
