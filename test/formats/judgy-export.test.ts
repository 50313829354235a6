/** Files for judgy: what it reads. */
import { describe, expect, it } from 'vitest';
import { exportStudy, jsonOf, studyOf } from '../support/exported-study.ts';

describe('judgy', () => {
  it('keeps systems and splits apart, and takes no pair that people split over for one they have not seen', async () => {
    const pair = (index: number, one: string, other: string, votes: readonly string[], said: string) => ({
      id: `p${index}`,
      prompt: `Question ${index}?`,
      a: { system: one, text: `${one} ${index}` },
      b: { system: other, text: `${other} ${index}` },
      human: votes.map((verdict, rater) => ({ rater: `r${rater}`, verdict })),
      judge: [{ judge: 'j', order: 'both', verdict: said }],
    });
    const study = Array.from({ length: 12 }, (_none, index) =>
      index % 3 === 0
        ? pair(index, 'm-2', 'm-1', ['second'], 'second')
        : index % 3 === 1
          ? pair(index, 'm-1', 'm-3', ['first', 'second'], 'first')
          : pair(index, 'm-1', 'm-3', [], 'second'),
    );
    const { content, outcome } = await exportStudy(await studyOf(study), 'one', 'judgy');
    const [two, three, ...more] = jsonOf(content['judgy.json']) as Record<string, number[] | string>[];
    expect(more).toEqual([]);
    // m-1 wins all, however the pair was written.
    expect(two).toMatchObject({ judge: 'j', system: 'm-1', against: 'm-2', unlabeled_preds: [] });
    expect([...(two?.test_labels ?? []), ...(two?.dev_labels ?? [])]).toEqual([1, 1, 1, 1]);
    expect([...(two?.test_preds ?? []), ...(two?.dev_preds ?? [])]).toEqual([1, 1, 1, 1]);
    expect(three).toMatchObject({
      system: 'm-1',
      against: 'm-3',
      test_labels: [],
      dev_labels: [],
      unlabeled_preds: [0, 0, 0, 0],
    });
    expect(outcome.leftOut).toContainEqual({ what: 'pairs over which people split', rows: 4 });
  });
});
