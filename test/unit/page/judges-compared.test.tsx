/** What a page offers to read of judges, while a study is blind and after. */
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { JudgesScreen } from '../../../renderer/screens/JudgesScreen.tsx';
import { nativeRows } from '../../support/comparisons.ts';
import { openPageStudy } from '../../support/page-study.ts';

it('no button leads to what a blind study refuses: why stands in its place', async () => {
  const rows = nativeRows(40).map((row, index) => ({
    ...row,
    human: [{ rater: 'ada', verdict: 'first' }],
    judge: ['one', 'two'].map((judge, which) => ({
      judge,
      order: 'both',
      verdict: (index + which) % 3 === 0 ? 'second' : 'first',
    })),
  }));
  const { studyId, value } = await openPageStudy({}, rows);
  const { unmount } = render(<JudgesScreen studyId={studyId} />);
  await screen.findByText(/blind: the pairs that changed can be read once it is unblinded/u);
  expect(screen.queryByRole('button', { name: /^Read the / })).toBeNull();
  unmount();
  const { name } = await value('studies.show', { studyId });
  await value('studies.unblind', { studyId, confirmName: name });
  render(<JudgesScreen studyId={studyId} />);
  await screen.findByRole('button', { name: 'Read the pairs that changed' });
});
