/** The studies of a store as cards: how far each is, and what can be done with it as a whole. */
import { fireEvent, render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { StudiesScreen } from '../../../renderer/features/studies/StudiesScreen.tsx';
import { openPageStudy } from '../../support/page-study.ts';
import { workSession } from '../../support/simulated-rater.ts';

const menuOf = async (name: string) => {
  const card = (await screen.findByText(name)).closest('li');
  if (card === null) throw new Error(`${name} has no card`);
  return within(card);
};

it('a card says how far its study is by the design, and when somebody last voted', async () => {
  const test = await openPageStudy({ ratersPerPair: 2 });
  render(<StudiesScreen />);
  const card = await menuOf('Study');
  await card.findByText('0 % labelled');
  await card.findByText('no vote given here yet');
  await workSession(test, test.studyId, 'ada', 4, { skill: 0.9, skips: 0, undoes: 0 });
  const [study] = await test.value('studies.list', {});
  expect(study?.labels).toEqual({ given: 4, asked: 16 });
  expect(study?.lastVoteAt).toBeGreaterThan(study?.createdAt ?? Number.POSITIVE_INFINITY);
});

it('labels of a blind study move with every vote alike, whether it checks or counts', async () => {
  const checks = { repeatShare: 0.3, catchShare: 0.2, goldShare: 0, repeatGap: 1 };
  const test = await openPageStudy({ checks });
  const given: number[] = [];
  for (let vote = 0; vote < 6; vote++) {
    await workSession(test, test.studyId, 'ada', 1, { skill: 0.9, skips: 0, undoes: 0 });
    given.push((await test.value('studies.list', {}))[0]?.labels.given ?? -1);
  }
  expect(given).toEqual([1, 2, 3, 4, 5, 6].map((votes) => Math.round(votes * 0.5)));
});

it('a study is renamed, archived behind a choice in the address, taken out again, and deleted by its name', async () => {
  const test = await openPageStudy();
  render(<StudiesScreen />);
  (await menuOf('Study')).getByRole('button', { name: 'Rename …' }).click();
  fireEvent.change(await screen.findByLabelText('New name'), { target: { value: 'Better' } });
  screen.getByRole('button', { name: 'Rename' }).click();
  (await menuOf('Better')).getByRole('button', { name: 'Archive' }).click();
  await screen.findByText('Every study is archived.');
  expect(screen.queryByText('Better')).toBeNull();
  screen.getByRole('button', { name: 'Archived (1)' }).click();
  await screen.findByText('Better');
  expect(location.hash).toContain('show=archived');
  (await menuOf('Better')).getByRole('button', { name: 'Take out of the archive' }).click();
  await screen.findByText('No study is archived.');
  screen.getByRole('button', { name: 'Current (1)' }).click();
  (await menuOf('Better')).getByRole('button', { name: 'Delete …' }).click();
  const deletion = (await screen.findByText('Delete it for good')) as HTMLButtonElement;
  expect(deletion.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText('Type “Better” to delete it'), { target: { value: 'Better' } });
  expect(deletion.disabled).toBe(false);
  deletion.click();
  await screen.findByText(/^“Better” was deleted, with 8 pairs/u);
  await screen.findByRole('button', { name: 'Open the sample study' });
  expect(await test.value('studies.list', {})).toEqual([]);
});
