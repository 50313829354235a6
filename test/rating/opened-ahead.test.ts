/** What is opened after a reply, where the work went on before it was. */
import { describe, expect, it } from 'vitest';
import type { ReplyOf } from '../../shared/contract/methods.ts';
import { OPEN_AHEAD } from '../../shared/rating/sitting.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { qualityRows } from '../support/simulated-rater.ts';

type Queue = ReplyOf<'rating.begin'>['queue'];

interface Work {
  readonly here: TestApp;
  /** Another app over the same store. */
  readonly there: TestApp;
  readonly studyId: string;
  readonly session: string;
  readonly queue: Queue;
}

async function begunWork(design: Record<string, unknown>): Promise<Work> {
  const here = await openTestApp();
  const { studyId } = await importText(here.storePath, jsonLines(qualityRows(60)));
  const id = studyId ?? '';
  await here.value('studies.configure', { studyId: id, design: { minimumViewingMs: 0, ...design } });
  if ('training' in design)
    await here.value('design.addKnownAnswers', {
      studyId: id,
      answers: Array.from({ length: 16 }, (_answer, index) => ({
        pair: `pair-${index}`,
        stage: index < 10 ? ('practice' as const) : ('qualifying' as const),
        verdict: 'first' as const,
        explanation: '',
      })),
    });
  const begun = await here.value('rating.begin', { studyId: id, rater: 'ada' });
  return { here, there: await openTestApp(here.storePath), studyId: id, ...begun };
}

const voteOn = ({ here, session }: Work, pair: Queue[number] | undefined) =>
  here.value('rating.submit', {
    session,
    commandId: crypto.randomUUID(),
    presentationId: pair?.presentationId ?? '',
    answer: 'left',
    viewedMs: 700,
  });

/** What the store says of the rater, once nothing is opened any more. */
async function standing({ here, there }: Work) {
  for (const { app } of [here, there]) await app.context.jobs.waitForEnd();
  const { store } = here.app.context;
  const isTraining = "kind IN ('practice', 'qualifying')";
  const row = store
    .query<{ open: number; openTraining: number; given: number; presented: number }>(
      `SELECT presented,
         (SELECT count(*) FROM presentations WHERE rater_id = raters.id AND is_open = 1 AND NOT ${isTraining}) AS open,
         (SELECT count(*) FROM presentations WHERE rater_id = raters.id AND is_open = 1 AND ${isTraining}) AS openTraining,
         (SELECT count(*) FROM presentations WHERE rater_id = raters.id AND NOT ${isTraining}) AS given
       FROM raters WHERE name = 'ada'`,
    )
    .get();
  if (row === undefined) throw new Error('nobody works');
  return row;
}

const MEANWHILE: Readonly<Record<string, (work: Work, next: Queue) => Promise<unknown>>> = {
  'one more vote': (work, next) => voteOn(work, next[0]),
  'two more votes': async (work, next) => voteOn(work, (await voteOn(work, next[0])).queue[0]),
  'an undo': ({ here, session }) => here.value('rating.undo', { session, commandId: crypto.randomUUID() }),
  'a vote and its undo': async (work, next) => {
    await voteOn(work, next[0]);
    await work.here.value('rating.undo', { session: work.session, commandId: crypto.randomUUID() });
  },
  'work that is taken over elsewhere': ({ there, studyId }) =>
    there.value('rating.begin', { studyId, rater: 'ada' }),
  'a pause': ({ here, studyId }) =>
    here.value('quality.decide', { studyId, rater: 'ada', about: 'pause', isOn: true, reason: 'Wait.' }),
};

const DESIGNS: Readonly<Record<string, Record<string, unknown>>> = {
  work: {},
  'work with checks': { checks: { repeatShare: 0.2, goldShare: 0, catchShare: 0.2, repeatGap: 5 } },
  training: { training: { passMark: 0, attempts: 1 } },
};

/** Nothing of training is taken back. */
const CASES = Object.entries(DESIGNS).flatMap(([about, design]) =>
  Object.entries(MEANWHILE)
    .filter(([what]) => about !== 'training' || !what.includes('undo'))
    .map(([what, meanwhile]) => ({ about, design, what, meanwhile })),
);

describe('what is opened ahead', () => {
  it.each(CASES)('is no pair too many in $about after a vote and $what', async ({ design, meanwhile }) => {
    const work = await begunWork(design);
    let { queue } = work;
    for (let votes = 0; votes < 3; votes++) {
      ({ queue } = await voteOn(work, queue[0]));
      await standing(work);
    }
    const { queue: next } = await voteOn(work, queue[0]);
    await meanwhile(work, next);
    const { open, openTraining, given, presented } = await standing(work);
    expect(open).toBeLessThanOrEqual(OPEN_AHEAD);
    expect(openTraining).toBeLessThanOrEqual(OPEN_AHEAD);
    expect(presented).toBe(given);
  });
});

it('a block that is closed before the next pair was opened gets none of the next', async () => {
  const work = await begunWork({ blockSize: 4 });
  let { queue } = work;
  for (; queue.length > 0; ) ({ queue } = await voteOn(work, queue[0]));
  await work.here.value('rating.closeBlock', { session: work.session });
  const { open, given, presented } = await standing(work);
  expect(open).toBeLessThanOrEqual(OPEN_AHEAD);
  expect(presented).toBe(given);
  expect(inBlocks(work)).toEqual([4, open]);
});

/** How many pairs each block has so far. */
function inBlocks({ here: { app } }: Work): number[] {
  const rows = app.context.store
    .rawQuery<[number]>('SELECT count(*) FROM presentations GROUP BY block')
    .all();
  return rows.flat();
}
