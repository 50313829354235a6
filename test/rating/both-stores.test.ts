/** The same work given to a lead's store and to a vendor's: what is taken, what is refused and what a turn says are the same. */
import { describe, expect, it } from 'vitest';
import type { ReplyOf } from '../../shared/contract/methods.ts';
import type { KnownStage } from '../../shared/study/known-answer.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { steppingClock } from '../support/fixed-ports.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { makeTestPack, packOptions, vendorWith } from '../support/packs.ts';
import { qualityRows } from '../support/simulated-rater.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Turn = Pick<ReplyOf<'rating.begin'>, 'queue' | 'stage' | 'progress' | 'training' | 'drafts'>;

/** One rater's window over either store. */
interface Window {
  readonly app: TestApp['app'];
  readonly begin: (rater: 'one' | 'two') => Promise<ReplyOf<'rating.begin'>>;
  /** The versions of the guideline that votes were recorded under, in their order. */
  readonly versions: () => number[];
}

interface Asked {
  readonly design?: Record<string, unknown>;
  readonly known?: readonly { readonly stage: KnownStage; readonly verdict: 'first' | 'tie' }[];
  /** What is changed before work begins, when answers are known already. */
  readonly later?: Record<string, unknown>;
}

async function windows({
  design = {},
  known = [],
  later,
}: Asked): Promise<Record<'lead' | 'vendor', Window>> {
  const lead = await openTestApp(`${temporaryFolder()}/lead.sqlite`, steppingClock());
  const { studyId } = await importText(lead.storePath, jsonLines(qualityRows(14, 2)));
  const id = studyId ?? '';
  await lead.value('studies.configure', { studyId: id, design: { minimumViewingMs: 500, ...design } });
  if (known.length > 0)
    await lead.value('design.addKnownAnswers', {
      studyId: id,
      answers: known.map((answer, index) => ({ pair: `pair-${index}`, explanation: '', ...answer })),
    });
  if (later !== undefined) await lead.value('studies.configure', { studyId: id, design: later });
  const made = await makeTestPack(lead, id, packOptions(['one', 'two']));
  const { vendor, packId } = await vendorWith(made.path);
  // The names are taken by the pack; here others work, in a study of the same design.
  const windowOf = (
    { app, value }: TestApp,
    study: string,
    name: (rater: string) => string,
    sql: string,
  ): Window => ({
    app,
    begin: (rater) =>
      value('rating.begin', { studyId: study, rater: name(rater), passphrase: `word of ${rater}` }),
    versions: () =>
      app.context.store
        .query<{ version: number }>(sql)
        .all()
        .map(({ version }) => version),
  });
  return {
    lead: windowOf(
      lead,
      id,
      (rater) => `live ${rater}`,
      "SELECT guideline_version AS version FROM ratings WHERE kind = 'vote' ORDER BY id",
    ),
    vendor: windowOf(
      vendor,
      packId,
      (rater) => rater,
      "SELECT json_extract(line, '$.guideline') AS version FROM pack_log WHERE line LIKE '%\"vote\"%' ORDER BY n",
    ),
  };
}

/** What a rater does. Pairs are named by the order in which the rater saw them first, commands by any name. */
interface Step {
  readonly vote?: number;
  readonly undo?: string;
  readonly close?: true;
  readonly agree?: string;
  readonly draft?: number;
  /** `old one`: from the window that the rater had before. */
  readonly by?: 'one' | 'two' | 'old one';
  readonly command?: string;
  /** What a vote says beside the left side and 900 ms. */
  readonly said?: Record<string, unknown>;
}

/** Plays steps in one window; says what came of each. */
async function played(window: Window, steps: readonly Step[]): Promise<unknown[]> {
  const seen = { one: [] as string[], two: [] as string[] };
  const commands = new Map<string, string>();
  const idOf = (name: string) => {
    const id = commands.get(name) ?? crypto.randomUUID();
    commands.set(name, id);
    return id;
  };
  const see = (rater: 'one' | 'two', queue: Turn['queue']) =>
    queue.map(({ presentationId }) => {
      if (!seen[rater].includes(presentationId)) seen[rater].push(presentationId);
      return seen[rater].indexOf(presentationId);
    });
  const old = await window.begin('one');
  const [one, two] = [await window.begin('one'), await window.begin('two')];
  see('one', one.queue);
  see('two', two.queue);
  const sessions = { 'old one': old.session, one: one.session, two: two.session };
  const outcomes: unknown[] = [];
  for (const [number, { vote, undo, close, agree, draft, by = 'one', command, said }] of steps.entries()) {
    const session = sessions[by];
    const rater = by === 'two' ? 'two' : 'one';
    const presentationId = seen[rater][vote ?? draft ?? 0] ?? '0'.repeat(32);
    const kept = { note: 'so far', confidence: null, details: {}, earlier: null, keptAt: 1 };
    const commandId = idOf(undo ?? command ?? `step ${number}`);
    const given = { session, commandId, presentationId, answer: 'left', viewedMs: 900, ...said };
    const { app } = window;
    const reply =
      vote !== undefined
        ? await app.call('rating.submit', given)
        : undo !== undefined
          ? await app.call('rating.undo', { session, commandId })
          : close
            ? await app.call('rating.closeBlock', { session })
            : agree !== undefined
              ? await app.call('rating.consent', { session, text: agree })
              : await app.call('rating.keepDraft', { session, presentationId, draft: kept });
    outcomes.push(
      reply.ok
        ? outcomeOf(reply.value as Partial<Turn>, rater, see)
        : [reply.error.code, reply.error.message],
    );
  }
  return outcomes;
}

/** What a reply says, but for what the two may not have in common: ids, texts, and how many pairs are to come. */
function outcomeOf(
  reply: Partial<Turn> & {
    readonly feedback?: { readonly isAsKnown: boolean } | null;
    readonly takenBack?: object | null;
  },
  rater: 'one' | 'two',
  see: (rater: 'one' | 'two', queue: Turn['queue']) => number[],
): unknown {
  if (reply.queue === undefined || reply.progress === undefined) return reply;
  const { total: _total, ...progress } = reply.progress;
  const { stage, training, drafts = [], feedback = null, takenBack = null } = reply;
  return {
    shown: see(rater, reply.queue),
    stage,
    progress,
    training,
    drafts: drafts.map(({ draft }) => draft.note),
    isAsKnown: feedback?.isAsKnown ?? null,
    takenBack: takenBack === null ? null : { ...takenBack, presentationId: '' },
  };
}

const QUICK = { viewedMs: 20 };
const SKIPPED = { answer: 'skipped', skipReason: 'other' };

describe('one rater’s work, here and in a pack', () => {
  it.each<{ about: string; asked: Asked; steps: readonly Step[]; codes: Readonly<Record<number, string>> }>([
    {
      about: 'votes, retries, changes and undoing',
      asked: {},
      steps: [
        { vote: 0, command: 'a' },
        { vote: 0, command: 'a' },
        { vote: 1, command: 'a' },
        { vote: 0 },
        { vote: 0, said: { ...QUICK, answer: 'tie', revises: true } },
        { vote: 1, said: QUICK },
        { vote: 1, said: SKIPPED },
        { draft: 2 },
        { vote: 2, said: { note: ' \n ', viewedMs: 1900, idleMs: 300 } },
        { undo: 'b' },
        { undo: 'b' },
        { vote: 2, said: { revises: true } },
        { undo: 'a' },
        { undo: 'c' },
        { undo: 'd' },
        { undo: 'e' },
        { undo: 'f' },
      ],
      codes: {
        2: 'conflict',
        3: 'presentation_closed',
        5: 'invalid_input',
        12: 'conflict',
        16: 'nothing_to_undo',
      },
    },
    {
      about: 'a command of somebody else, and one of a window that is over',
      asked: {},
      steps: [
        { vote: 0, command: 'a' },
        { undo: 'a', by: 'two' },
        { vote: 0, by: 'two', command: 'b' },
        { undo: 'c', by: 'two' },
        { undo: 'c' },
        { vote: 0, command: 'a', by: 'old one' },
        { vote: 1, by: 'old one' },
        { vote: 9 },
        { draft: 9 },
      ],
      codes: { 1: 'conflict', 4: 'conflict', 6: 'session_taken_over', 7: 'not_found', 8: 'not_found' },
    },
    {
      about: 'blocks',
      asked: { design: { blockSize: 2 } },
      steps: [
        { vote: 0 },
        { close: true },
        { vote: 1 },
        { undo: 'a' },
        { vote: 1, said: { revises: true } },
        { vote: 0, said: { ...QUICK, revises: true } },
        { close: true },
        { vote: 0, said: { revises: true } },
        { undo: 'b' },
        { vote: 2 },
      ],
      codes: { 1: 'conflict', 7: 'presentation_closed', 8: 'nothing_to_undo' },
    },
    {
      about: 'training and consent',
      asked: {
        design: { training: { passMark: 0, attempts: 1 }, consent: 'Agree.', scale: 'graded_5' },
        known: [
          { stage: 'practice', verdict: 'tie' },
          { stage: 'qualifying', verdict: 'first' },
        ],
      },
      steps: [
        { agree: 'Disagree.' },
        { agree: 'Agree.' },
        { vote: 0, said: { answer: 'tie' } },
        { undo: 'a' },
        { vote: 0, said: { answer: 'left', strength: 1, revises: true } },
        { vote: 1, said: { strength: 3 } },
        { vote: 1, said: { strength: 2 } },
        { vote: 2, said: { strength: 1 } },
        { undo: 'b' },
      ],
      codes: { 0: 'conflict', 3: 'nothing_to_undo', 4: 'presentation_closed', 5: 'invalid_input' },
    },
  ])('comes to the same: $about', async ({ asked, steps, codes }) => {
    const { lead, vendor } = await windows(asked);
    const [here, there] = [await played(lead, steps), await played(vendor, steps)];
    expect(there).toEqual(here);
    const refused = here.flatMap((outcome, number) => (Array.isArray(outcome) ? [[number, outcome[0]]] : []));
    expect(Object.fromEntries(refused)).toEqual(codes);
  });

  it('names the guideline that was on screen', async () => {
    const { lead, vendor } = await windows({ later: { guideline: 'Otherwise.' } });
    const steps = [1, 2, 7, undefined].map((guidelineVersion, vote) => ({
      vote,
      said: guidelineVersion === undefined ? {} : { guidelineVersion },
    }));
    for (const window of [lead, vendor]) {
      await played(window, steps);
      expect(window.versions()).toEqual([1, 2, 2, 2]);
    }
  });
});
