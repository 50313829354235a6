/** The state machine of a rater's turn, over a real app: what is on screen, what is sent, what is kept. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  beginAgain,
  beginRating,
  isBeingSent,
  leaveRating,
  markShown,
  retrySaving,
  setNote,
  submitAnswer,
  undoLast,
  useRating,
} from '../../../renderer/state/rating.ts';
import { failure } from '../../../shared/contract/envelope.ts';
import { holdBack, inputsOf, loseReplies, standInTheWay } from '../../support/page-door.ts';
import { openPageStudy, type PageStudy } from '../../support/page-study.ts';
import { PATIENCE_MS } from '../../support/patience.ts';

const state = () => useRating.getState();
const shownId = () => state().queue[0]?.presentationId;
const votes = ({ app }: PageStudy) =>
  app.context.store
    .query<{ verdict: string; note: string }>('SELECT verdict, note FROM ratings ORDER BY id')
    .all();

/** Begins as ada, with the first pair painted. */
async function rate(design: Parameters<typeof openPageStudy>[0] = {}): Promise<PageStudy> {
  const study = await openPageStudy(design);
  expect(await beginRating(study.studyId, 'ada')).toBeNull();
  markShown();
  return study;
}

const answer = (side: 'left' | 'right' = 'left') => submitAnswer(side, { pressedAt: performance.now() });

afterEach(() => {
  vi.useRealTimers();
  leaveRating();
});

describe('a rater’s turn', () => {
  it('shows a pair, records one answer about it, and shows the next, which was not painted yet', async () => {
    const study = await rate();
    const first = shownId();
    expect(state()).toMatchObject({ phase: 'viewing', rater: 'ada', votesHere: 0 });
    await answer();
    expect(votes(study)).toHaveLength(1);
    expect(shownId()).not.toBe(first);
    expect(state()).toMatchObject({ phase: 'viewing', votesHere: 1, shownAt: null, vote: null });
    expect(state().notice).toMatchObject({ kind: 'recorded', said: { answer: 'left' }, canUndo: true });
    // Nobody has seen this one yet.
    await answer();
    expect(votes(study)).toHaveLength(1);
  });

  it('takes no second answer while the first is on its way', async () => {
    const study = await rate();
    const held = holdBack('rating.submit');
    const first = answer('left');
    expect(isBeingSent()).toBe(true);
    await answer('right');
    await undoLast();
    held.letGo();
    await first;
    expect(isBeingSent()).toBe(false);
    expect(votes(study).map(({ verdict }) => verdict)).toHaveLength(1);
    expect(inputsOf('rating.submit')).toHaveLength(1);
    expect(inputsOf('rating.undo')).toEqual([]);
  });

  it('takes no answer whose press came before the least time, and says so', async () => {
    const study = await rate({ minimumViewingMs: 1000 });
    const shownAt = state().shownAt ?? 0;
    await submitAnswer('left', { pressedAt: shownAt + 999 });
    expect(state().notice).toMatchObject({ kind: 'passing' });
    expect(inputsOf('rating.submit')).toEqual([]);
    expect(votes(study)).toEqual([]);
  });

  it('says that it saves once a reply takes its time, and not before', async () => {
    const study = await rate();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const held = holdBack('rating.submit');
    const sent = answer();
    await vi.advanceTimersByTimeAsync(100);
    expect(state().phase).toBe('viewing');
    await vi.advanceTimersByTimeAsync(100);
    expect(state().phase).toBe('saving');
    held.letGo();
    await sent;
    expect(state().phase).toBe('viewing');
    expect(votes(study)).toHaveLength(1);
  });

  it('ends where there is no pair left, and goes back by an undo', async () => {
    await rate();
    for (let pair = 0; pair < 8; pair++) {
      markShown();
      await answer();
    }
    expect(state()).toMatchObject({ phase: 'finished', queue: [], votesHere: 8 });
    await undoLast();
    expect(state()).toMatchObject({ phase: 'viewing', earlier: { answer: 'left' } });
    expect(state().queue).toHaveLength(1);
  });
});

describe('a reply that is lost', () => {
  it('is asked for again under the same id, and the vote stands once', async () => {
    const study = await rate();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const first = shownId();
    loseReplies('rating.submit', 3);
    const sent = answer();
    await vi.advanceTimersByTimeAsync(1);
    expect(state()).toMatchObject({ phase: 'saving', vote: { answer: 'left' }, earlier: { answer: 'left' } });
    expect(shownId()).toBe(first);
    await vi.runAllTimersAsync();
    await sent;
    const sentIds = inputsOf('rating.submit').map(({ commandId }) => commandId);
    expect(sentIds).toHaveLength(4);
    expect(new Set(sentIds).size).toBe(1);
    expect(votes(study)).toHaveLength(1);
    expect(state()).toMatchObject({ phase: 'viewing', vote: null, error: null });
  });

  it('for good leaves pair and answer on screen, and trying again takes the same id', async () => {
    const study = await rate();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const first = shownId();
    standInTheWay('rating.submit', async () => failure('unreachable', { key: 'call.no_answer' }));
    const sent = answer();
    await vi.runAllTimersAsync();
    await sent;
    expect(state()).toMatchObject({
      phase: 'failed',
      vote: { answer: 'left' },
      error: { code: 'unreachable' },
    });
    expect(shownId()).toBe(first);
    expect(votes(study)).toEqual([]);
    standInTheWay('rating.submit', (_input, pass) => pass());
    await retrySaving();
    expect(new Set(inputsOf('rating.submit').map(({ commandId }) => commandId)).size).toBe(1);
    expect(votes(study)).toHaveLength(1);
    expect(shownId()).not.toBe(first);
  });

  it('of an undo takes back one vote, however often it is asked for', async () => {
    const study = await rate();
    await answer();
    markShown();
    await answer();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    loseReplies('rating.undo', 2);
    const undone = undoLast();
    await vi.runAllTimersAsync();
    await undone;
    expect(new Set(inputsOf('rating.undo').map(({ commandId }) => commandId)).size).toBe(1);
    const kinds = study.app.context.store
      .query<{ kind: string }>('SELECT kind FROM ratings ORDER BY id')
      .all()
      .map(({ kind }) => kind);
    expect(kinds).toEqual(['vote', 'vote', 'retraction']);
  });

  it('to what was left meanwhile changes nothing on screen', async () => {
    await rate();
    const held = holdBack('rating.submit');
    const sent = answer();
    leaveRating();
    held.letGo();
    await sent;
    expect(state()).toMatchObject({ phase: 'loading', studyId: '', queue: [] });
  });
});

describe('an answer that is refused', () => {
  it('because the work went on elsewhere says so, and this window takes no more', async () => {
    const study = await rate();
    await study.value('rating.begin', { studyId: study.studyId, rater: 'ada' });
    await answer();
    expect(state()).toMatchObject({ phase: 'taken_over', error: { code: 'session_taken_over' } });
    await answer();
    expect(inputsOf('rating.submit')).toHaveLength(1);
    expect(votes(study)).toEqual([]);
  });

  it('for good is not asked for again: the work is read anew, and it says why', async () => {
    const study = await rate();
    standInTheWay('rating.submit', async () =>
      failure('presentation_closed', { key: 'rating.block_closed' }),
    );
    await answer();
    expect(inputsOf('rating.submit')).toHaveLength(1);
    expect(inputsOf('rating.begin')).toHaveLength(2);
    expect(state()).toMatchObject({ phase: 'viewing', notice: { kind: 'problem' } });
    expect(votes(study)).toEqual([]);
  });

  it('by a fault of the program can be tried again by hand', async () => {
    const study = await rate();
    standInTheWay('rating.submit', async () => failure('internal', { key: 'call.failed' }));
    await answer();
    expect(state()).toMatchObject({ phase: 'failed', error: { code: 'internal' } });
    standInTheWay('rating.submit', (_input, pass) => pass());
    await retrySaving();
    expect(votes(study)).toHaveLength(1);
  });

  it('leaves where work cannot begin', async () => {
    const study = await openPageStudy();
    const failed = await beginRating('no-such-study', 'ada');
    expect(failed).toMatchObject({ code: 'not_found' });
    expect(state()).toMatchObject({ phase: 'failed', error: { code: 'not_found' } });
    expect(votes(study)).toEqual([]);
  });
});

describe('a guideline that changed meanwhile', () => {
  it('is read before the next pair: the work begins again and says so', async () => {
    const study = await rate();
    await study.value('studies.configure', {
      studyId: study.studyId,
      design: { rubric: { criteria: [], reasonTags: ['too long'] } },
    });
    await answer();
    await vi.waitFor(() => expect(state().notice).toMatchObject({ kind: 'problem' }), {
      timeout: PATIENCE_MS,
    });
    expect(state().study?.rubric.reasonTags).toEqual(['too long']);
    expect(state().phase).toBe('viewing');
  });
});

describe('what is typed beside a pair', () => {
  const DESIGN = { asksConfidence: true };

  it('goes with the vote, and the next pair has none of it', async () => {
    const study = await rate(DESIGN);
    setNote('because of this');
    await answer();
    expect(votes(study)).toMatchObject([{ note: 'because of this' }]);
    expect(state()).toMatchObject({ note: '', details: {}, confidence: null });
    await beginAgain();
    expect(state().note).toBe('');
  });

  it('is there again after a reload of the page, although no vote was given', async () => {
    const study = await rate(DESIGN);
    const first = shownId();
    setNote('half a thought');
    // A page that is lost: nothing of it lives on but what the browser keeps.
    leaveRating();
    await beginRating(study.studyId, 'ada');
    expect(shownId()).toBe(first);
    expect(state().note).toBe('half a thought');
  });

  it('is there on another machine once it was delivered', async () => {
    const study = await rate(DESIGN);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    setNote('half');
    setNote('half a thought');
    await vi.runAllTimersAsync();
    expect(inputsOf('rating.keepDraft')).toMatchObject([{ draft: { note: 'half a thought' } }]);
    localStorage.clear();
    await beginRating(study.studyId, 'ada');
    expect(state().note).toBe('half a thought');
  });

  it('is nobody else’s at the same machine', async () => {
    const study = await rate(DESIGN);
    setNote('mine alone');
    await beginRating(study.studyId, 'ben');
    expect(state().note).toBe('');
    await beginRating(study.studyId, 'ada');
    expect(state().note).toBe('mine alone');
  });

  it('of a vote that is taken back comes back with its pair', async () => {
    await rate(DESIGN);
    const first = shownId();
    setNote('said once');
    await answer('right');
    expect(shownId()).not.toBe(first);
    await undoLast();
    expect(shownId()).toBe(first);
    expect(state()).toMatchObject({ note: 'said once', earlier: { answer: 'right' } });
  });
});
