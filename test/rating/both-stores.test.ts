/** The same work given to a lead's store and to a vendor's: what is taken, what is refused and what a turn says are the same. */
import { describe, expect, it } from 'vitest';
import { type Asked, makeStores, openBoth, played, type Step } from '../support/both-stores.ts';

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
    const { lead, vendor } = await openBoth(await makeStores(asked));
    const [here, there] = [await played(lead, steps), await played(vendor, steps)];
    expect(there).toEqual(here);
    const refused = here.flatMap((outcome, number) => (Array.isArray(outcome) ? [[number, outcome[0]]] : []));
    expect(Object.fromEntries(refused)).toEqual(codes);
  });

  it('names the guideline that was on screen', async () => {
    const { lead, vendor } = await openBoth(await makeStores({ later: { guideline: 'Otherwise.' } }));
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
