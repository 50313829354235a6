/** A break is suggested without telling which pair was a repeat. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { suggestsBreak } from '../../shared/rating/self-consistency.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows, trueAnswer } from '../support/simulated-rater.ts';

const same = (...counts: readonly [amount: number, same: boolean][]) =>
  counts.flatMap(([amount, value]) => Array.from({ length: amount }, () => value));

describe('a break', () => {
  it('is suggested where answers agree much less than before, and not on a few of them', () => {
    expect(suggestsBreak(same([5, true], [20, true]))).toBe(false);
    expect(suggestsBreak(same([2, false], [3, true], [20, true]))).toBe(true);
    expect(suggestsBreak(same([1, false], [4, true], [20, true]))).toBe(false);
    expect(suggestsBreak(same([5, false], [4, true]))).toBe(false);
    expect(suggestsBreak(same([5, false], [20, false]))).toBe(false);
  });

  it('is thought over once in 20 pairs, and not at all at an undo or a change', async () => {
    const test = await openTestApp();
    const { studyId = '' } = await importText(test.storePath, jsonLines(qualityRows(400)));
    await test.value('studies.configure', {
      studyId: studyId ?? '',
      design: { checks: { repeatShare: 0.2, catchShare: 0, goldShare: 0, repeatGap: 20 } },
    });
    const { session, ...begun } = await test.value('rating.begin', { studyId: studyId ?? '', rater: 'ada' });
    let turn: Pick<typeof begun, 'queue' | 'progress'> = begun;
    const vote = (revises: boolean, isTired: boolean) => {
      const [pair] = turn.queue;
      if (pair === undefined) throw new Error('the work is over');
      return {
        session,
        commandId: randomUUID(),
        presentationId: pair.presentationId,
        answer: isTired ? ('both_bad' as const) : trueAnswer(pair),
        viewedMs: 1000,
        ...(revises ? { revises } : {}),
      };
    };
    const changedAt: number[] = [];
    for (let place = 1; place <= 280; place++) {
      const before = turn.progress.suggestsBreak;
      const given = vote(false, place > 160);
      turn = await test.value('rating.submit', given);
      const after = turn.progress.suggestsBreak;
      if (after !== before) changedAt.push(place);
      if (place % 3 === 0) {
        const undone = await test.value('rating.undo', { session, commandId: randomUUID() });
        expect(undone.progress.suggestsBreak, `undo of ${place}`).toBe(after);
        turn = await test.value('rating.submit', { ...given, commandId: randomUUID(), answer: 'tie' });
      } else if (place % 3 === 1) {
        turn = await test.value('rating.submit', {
          ...given,
          commandId: randomUUID(),
          answer: 'tie',
          revises: true,
        });
      }
      expect(turn.progress.suggestsBreak, `second thoughts about ${place}`).toBe(after);
    }
    expect(changedAt.length).toBeGreaterThan(0);
    expect(changedAt.filter((place) => place % 20 !== 0)).toEqual([]);
  });
});
