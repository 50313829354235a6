/** What is kept of a pair before its vote: in this browser, in the store, and which of the two counts. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { deliverDraft, deliverDrafts, dropDelivery } from '../../../renderer/state/draft-delivery.ts';
import { draftOf, EMPTY_DRAFT, forgetDraft, keepDraft } from '../../../renderer/state/vote-drafts.ts';
import { failure, success } from '../../../shared/contract/envelope.ts';
import { inputsOf, standInTheWay } from '../../support/page-door.ts';

const ADA = { studyId: 's', rater: 'ada', role: 'rater' } as const;
const ASKED = {
  rubric: { criteria: [{ name: 'correct', about: '' }], reasonTags: ['too long'] },
  asksConfidence: true,
  marksSpans: true,
};
const SPAN = { side: 'left', from: 0, to: 4, quote: 'Once' } as const;
const SAID = {
  note: 'because',
  details: { criteria: { correct: 'left' as const }, reasonTags: ['too long'], spans: [SPAN] },
  confidence: 2,
  earlier: { answer: 'tie' as const, strength: null, skipReason: null },
};
/** The text of the only draft that the browser keeps. */
const key = () => Object.keys(localStorage)[0] ?? '';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const id of ['p', 'q']) forgetDraft(ADA, id);
});

describe('a draft in this browser', () => {
  it('comes back whole, and is gone once it is forgotten or empty', () => {
    expect(keepDraft(ADA, 'p', SAID)).toMatchObject(SAID);
    expect(draftOf(ADA, 'p', undefined, ASKED)).toMatchObject(SAID);
    expect(draftOf(ADA, 'q', undefined, ASKED)).toEqual(EMPTY_DRAFT);
    expect(
      keepDraft(ADA, 'p', { note: '', details: { reasonTags: [] }, confidence: null, earlier: null }),
    ).toBeNull();
    expect(localStorage).toHaveLength(0);
    expect(draftOf(ADA, 'p', undefined, ASKED)).toEqual(EMPTY_DRAFT);
  });

  it.each([
    ['another person', { ...ADA, rater: 'ben' }],
    ['another role', { ...ADA, role: 'adjudicator' as const }],
    ['another study', { ...ADA, studyId: 't' }],
  ])('is not shown to %s', (_who, owner) => {
    keepDraft(ADA, 'p', SAID);
    expect(draftOf(owner, 'p', undefined, ASKED)).toEqual(EMPTY_DRAFT);
  });

  it('gives way to a newer one in the store, and not to an older one', () => {
    const { keptAt = 0 } = keepDraft(ADA, 'p', SAID) ?? {};
    const inStore = { ...SAID, note: 'from the store' };
    expect(draftOf(ADA, 'p', { ...inStore, keptAt: keptAt + 1 }, ASKED).note).toBe('from the store');
    expect(draftOf(ADA, 'p', { ...inStore, keptAt: keptAt - 1 }, ASKED).note).toBe('because');
  });

  it('says only what is still asked', () => {
    keepDraft(ADA, 'p', SAID);
    const nothing = { rubric: { criteria: [], reasonTags: [] }, asksConfidence: false, marksSpans: false };
    expect(draftOf(ADA, 'p', undefined, nothing)).toMatchObject({
      note: 'because',
      details: {},
      confidence: null,
    });
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[1]'],
    ['null', 'null'],
    [
      'other types',
      '{"note":7,"confidence":9,"details":{"criteria":{"correct":"up"},"reasonTags":[1],"spans":[{"from":-1}]},"keptAt":"x"}',
    ],
  ])('that somebody wrote there as %s is none', (_what, text) => {
    keepDraft(ADA, 'p', SAID);
    localStorage.setItem(key(), text);
    expect(draftOf(ADA, 'p', undefined, ASKED)).toEqual(EMPTY_DRAFT);
  });

  it('lasts as long as the page where the browser has no room', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    keepDraft(ADA, 'p', SAID);
    expect(draftOf(ADA, 'p', undefined, ASKED)).toMatchObject(SAID);
  });

  it('makes room for a newer one once there are 500', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let draft = 0; draft <= 500; draft++) {
      vi.setSystemTime(1_000_000 + draft);
      keepDraft(ADA, `many-${draft}`, SAID);
    }
    expect(localStorage).toHaveLength(500);
    expect(draftOf(ADA, 'many-0', undefined, ASKED)).toEqual(EMPTY_DRAFT);
    expect(draftOf(ADA, 'many-1', undefined, ASKED)).toMatchObject(SAID);
  });
});

describe('a draft on its way to the store', () => {
  const kept = { ...SAID, keptAt: 1 };
  const sent = () => inputsOf('rating.keepDraft').map(({ presentationId, draft }) => [presentationId, draft]);

  it('is sent once typing pauses, the last of what was typed, and each pair’s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    standInTheWay('rating.keepDraft', async () => success({ isKept: true }));
    deliverDraft('here', 'p', kept);
    await vi.advanceTimersByTimeAsync(200);
    deliverDraft('here', 'p', { ...kept, note: 'more' });
    deliverDraft('here', 'q', null);
    await vi.advanceTimersByTimeAsync(299);
    expect(sent()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent()).toEqual([
      ['p', { ...kept, note: 'more' }],
      ['q', null],
    ]);
    await vi.runAllTimersAsync();
    expect(sent()).toHaveLength(2);
  });

  it('is sent again where nobody answered, and given up where it is refused', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const replies = [
      failure('unreachable', { key: 'call.no_answer' }),
      failure('store_busy', { key: 'store.busy' }),
      failure('conflict', { key: 'rating.command_used' }),
    ];
    standInTheWay('rating.keepDraft', async () => replies.shift() ?? success({ isKept: true }));
    deliverDraft('here', 'p', kept);
    await vi.runAllTimersAsync();
    expect(sent()).toHaveLength(3);
    await deliverDrafts();
    expect(sent()).toHaveLength(3);
  });

  it('is not sent any more once its pair has a vote', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    deliverDraft('here', 'p', kept);
    dropDelivery('p');
    await vi.runAllTimersAsync();
    expect(sent()).toEqual([]);
  });

  it('keeps what was typed while it was being sent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    standInTheWay('rating.keepDraft', async (input) => {
      const { draft } = input as { draft: { note: string } };
      if (draft.note === 'because') deliverDraft('here', 'p', { ...kept, note: 'later' });
      return success({ isKept: true });
    });
    deliverDraft('here', 'p', kept);
    await vi.runAllTimersAsync();
    expect(sent().map(([, draft]) => (draft as { note: string }).note)).toEqual(['because', 'later']);
  });
});
