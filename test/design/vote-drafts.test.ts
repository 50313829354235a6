/** What a rater says before a vote, and what a vote said that is taken back: nobody types it twice, nobody else reads it. */
import { describe, expect, it } from 'vitest';
import type { VoteDraft } from '../../shared/contract/rating-methods.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { makeTestPack, packOptions, vendorWith } from '../support/packs.ts';
import { qualityRows } from '../support/simulated-rater.ts';

const DESIGN = {
  minimumViewingMs: 0,
  asksConfidence: true,
  marksSpans: true,
  rubric: { criteria: [{ name: 'correct', about: 'It is true.' }], reasonTags: ['too long'] },
};

const SAID = {
  confidence: 2,
  note: 'Because of 1 and 2.',
  details: {
    criteria: { correct: 'left' as const },
    reasonTags: ['too long'],
    spans: [{ side: 'right' as const, from: 0, to: 6, quote: 'Answer' }],
  },
};

const DRAFT: VoteDraft = { ...SAID, earlier: null, keptAt: 1_700_000_000_000 };

async function lead(): Promise<{ app: TestApp; studyId: string }> {
  const app = await openTestApp();
  const { studyId } = await importText(app.storePath, jsonLines(qualityRows(8, 2)));
  await app.value('studies.configure', { studyId: studyId ?? '', design: DESIGN });
  return { app, studyId: studyId ?? '' };
}

const PLACES = {
  'at the lead’s': lead,
  'in a pack': async () => {
    const { app, studyId } = await lead();
    const made = await makeTestPack(app, studyId, packOptions(['ada', 'ben']));
    const { vendor, packId } = await vendorWith(made.path);
    return { app: vendor, studyId: packId };
  },
};

describe.each(Object.entries(PLACES))('%s', (place, open) => {
  const isPack = place === 'in a pack';
  const begin = ({ app, studyId }: Awaited<ReturnType<typeof open>>, rater: string) =>
    app.value('rating.begin', { studyId, rater, ...(isPack ? { passphrase: `the word of ${rater}` } : {}) });

  it('a draft outlives sessions, is its rater’s alone, and goes with the vote', async () => {
    const work = await open();
    const { app } = work;
    const first = await begin(work, 'ada');
    const presentationId = first.queue[0]?.presentationId ?? '';
    expect(first.drafts).toEqual([]);
    const keep = (session: string, draft: VoteDraft | null) =>
      app.value('rating.keepDraft', { session, presentationId, draft });
    expect(await keep(first.session, DRAFT)).toEqual({ isKept: true });
    await keep(first.session, { ...DRAFT, note: 'Later.' });
    const ben = await begin(work, 'ben');
    expect(ben.drafts).toEqual([]);
    await expect(keep(ben.session, DRAFT)).rejects.toThrow(/not one of this rater/u);
    const again = await begin(work, 'ada');
    expect(again.drafts).toEqual([{ presentationId, draft: { ...DRAFT, note: 'Later.' } }]);
    await expect(keep(first.session, null)).rejects.toThrow(/continued in another window/u);
    await keep(again.session, null);
    expect((await begin(work, 'ada')).drafts).toEqual([]);

    const { session } = await begin(work, 'ada');
    await keep(session, DRAFT);
    await app.value('rating.submit', {
      session,
      commandId: crypto.randomUUID(),
      presentationId,
      answer: 'left',
      viewedMs: 900,
    });
    // One that was on its way meanwhile says nothing any more.
    expect(await keep(session, DRAFT)).toEqual({ isKept: false });
    const { drafts, takenBack } = await app.value('rating.undo', { session, commandId: crypto.randomUUID() });
    expect(drafts).toEqual([]);
    expect(takenBack).toMatchObject({ presentationId, answer: 'left', note: null, details: {} });
  });

  it.each([
    ['an answer', { answer: 'tie' as const }],
    ['a side', { answer: 'right' as const }],
    ['a skip', { answer: 'skipped' as const, skipReason: 'other' as const }],
  ])('%s that is taken back comes back whole, also where the reply was lost', async (_what, vote) => {
    const work = await open();
    const { app } = work;
    const { session, queue } = await begin(work, 'ada');
    const presentationId = queue[0]?.presentationId ?? '';
    await app.value('rating.submit', {
      session,
      commandId: crypto.randomUUID(),
      presentationId,
      viewedMs: 900,
      ...vote,
      ...SAID,
    });
    const commandId = crypto.randomUUID();
    const { details } = SAID;
    // A return carries where something was marked, and not what stands there.
    const spans = isPack ? details.spans.map((span) => ({ ...span, quote: '' })) : details.spans;
    for (const attempt of ['first', 'again']) {
      const { takenBack, queue: next } = await app.value('rating.undo', { session, commandId });
      expect(takenBack, attempt).toEqual({
        presentationId,
        answer: vote.answer,
        strength: null,
        skipReason: 'skipReason' in vote ? vote.skipReason : null,
        confidence: 2,
        note: SAID.note,
        details: { ...details, spans },
      });
      expect(next[0]?.presentationId).toBe(presentationId);
    }
  });
});

describe('a rater whose notes are erased', () => {
  it('leaves no draft either', async () => {
    const { app, studyId } = await lead();
    const { session, queue } = await app.value('rating.begin', { studyId, rater: 'ada' });
    const presentationId = queue[0]?.presentationId ?? '';
    await app.value('rating.keepDraft', { session, presentationId, draft: DRAFT });
    await app.value('quality.eraseNotes', { studyId, rater: 'ada' });
    expect((await app.value('rating.begin', { studyId, rater: 'ada' })).drafts).toEqual([]);
  });
});
