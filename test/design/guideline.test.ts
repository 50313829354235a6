/** A vote is held against what its rater was asked, not against what was asked since. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows } from '../support/simulated-rater.ts';

const rubricOf = (...names: string[]) => ({
  criteria: names.map((name) => ({ name, about: `Is it ${name}?` })),
  reasonTags: names.map((name) => `not ${name}`),
});

describe('a rubric that changes while raters work', () => {
  it('holds for votes under its own version', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(10)));
    const id = studyId ?? '';
    const change = (...names: string[]) =>
      test.value('studies.configure', { studyId: id, design: { rubric: rubricOf(...names) } });
    await change('helpful');
    const { session, study, queue } = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    const vote = (place: number, criterion: string, changes: Record<string, unknown> = {}) =>
      test.app.call('rating.submit', {
        session,
        commandId: randomUUID(),
        presentationId: queue[place]?.presentationId,
        answer: 'left',
        viewedMs: 800,
        guidelineVersion: study.guidelineVersion,
        details: { criteria: { [criterion]: 'left' }, reasonTags: [`not ${criterion}`] },
        ...changes,
      });
    expect(await vote(0, 'helpful')).toMatchObject({ ok: true });
    await change('correct');
    expect(await vote(1, 'helpful')).toMatchObject({ ok: true });
    expect(await vote(0, 'helpful', { revises: true, answer: 'right' })).toMatchObject({ ok: true });
    expect(await vote(0, 'correct', { revises: true })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    });
    const newest = study.guidelineVersion + 1;
    expect(await vote(0, 'correct', { revises: true, guidelineVersion: newest })).toMatchObject({ ok: true });
    expect(await vote(0, 'helpful', { revises: true, guidelineVersion: newest })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    });
  });
});
