/** What an overview may ask by itself: nothing that is counted as a look. */
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { OverviewScreen } from '../../../renderer/features/overview/OverviewScreen.tsx';
import { addJudge, PAIRWISE } from '../../support/judge-study.ts';
import { inputsOf } from '../../support/page-door.ts';
import { openPageStudy } from '../../support/page-study.ts';
import { qualityRows } from '../../support/simulated-rater.ts';

/** Rows with a verdict of an imported judge and two raters' votes. */
const judgedRows = () =>
  qualityRows(8, 2).map((row) => ({
    ...row,
    human: ['ada', 'ben'].map((rater) => ({ rater, verdict: 'first' })),
    judge: [{ judge: 'imported', order: 'a_first', verdict: 'first' }],
  }));

it('an overview answers for an imported judge, and leaves a look at one that is still worked on to the lead', async () => {
  const study = await openPageStudy({}, judgedRows());
  const first = render(<OverviewScreen studyId={study.studyId} />);
  await screen.findByText(/^: Not yet: /u);
  expect(inputsOf('agreement.card')).toHaveLength(1);
  first.unmount();

  addJudge(study, { ...PAIRWISE, endpoint: 'http://127.0.0.1:1/v1' });
  render(<OverviewScreen studyId={study.studyId} />);
  await screen.findByText(/a look at the test pairs of a judge that is still worked on/u);
  expect(inputsOf('agreement.card')).toHaveLength(1);
});
