/** A judge's first screen is quiet, and what it says of a judge is said by the names of its form. */
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { definitionFieldName, judgeFailureText } from '../../../renderer/features/judges/definition-words.ts';
import { JudgesScreen } from '../../../renderer/screens/JudgesScreen.tsx';
import { judgeDefinitionSchema, judgeJsonSchema } from '../../../shared/judge/judge-definition.ts';
import { openPageStudy } from '../../support/page-study.ts';

/** Names of methods and of fields in the program, and patterns. */
const RAW = /judges\.|definition\b|[a-z][A-Z]|\/\^|_/u;

/** What stands in the form, without the JSON and the terms of endpoints that people type themselves. */
const alerts = () => screen.queryAllByRole('alert').map(({ textContent }) => textContent);

it.each([
  ['two_way', 'pairwise-forced'],
  ['with_tie', 'pairwise-with-tie'],
  ['with_tie_and_both_bad', 'pairwise-with-tie'],
  ['graded_7', 'pairwise-graded'],
] as const)('a new judge for %s begins with a prompt and its preview, and no error', async (scale, id) => {
  const { studyId } = await openPageStudy({ scale });
  const { container } = render(<JudgesScreen studyId={studyId} />);
  await screen.findByText('blind');
  fireEvent.click(screen.getByRole('button', { name: 'New judge' }));
  await screen.findByText(/requests for each sample of this pair/u);
  expect(screen.getByRole('region', { name: 'Preview' }).textContent).toContain('Request 1');
  expect(screen.getByLabelText<HTMLSelectElement>('Template').value).toBe(id);
  expect(alerts()).toEqual([]);
  expect(container.querySelector('.field-problem')).toBeNull();
  expect(sessionStorage.getItem(`touchstone-typed judge ${studyId} `)).toBeNull();
});

it('a judge that is not taken is told by the names of the form, and one that never ran is to be run first', async () => {
  const { studyId } = await openPageStudy();
  const { container } = render(<JudgesScreen studyId={studyId} />);
  await screen.findByText('blind');
  fireEvent.click(screen.getByRole('button', { name: 'New judge' }));
  const name = await screen.findByLabelText('Name');
  fireEvent.change(name, { target: { value: 'mine@2' } });
  fireEvent.change(screen.getByLabelText('Model'), { target: { value: 'any' } });
  const keep = screen.getByRole('button', { name: 'Keep' });
  fireEvent.click(keep);
  await waitFor(() => expect(alerts()).toHaveLength(1));
  expect(alerts()[0]).toMatch(/^Name must be one line/u);
  expect(alerts()[0]).not.toMatch(RAW);
  fireEvent.change(name, { target: { value: 'mine' } });
  expect(alerts()).toEqual([]);
  fireEvent.change(screen.getByLabelText('Output contract (JSON)'), { target: { value: '{' } });
  await screen.findByText(/stands here once the judge can be read/u);
  fireEvent.change(screen.getByLabelText('Template'), { target: { value: 'pairwise-forced' } });
  fireEvent.click(keep);
  await screen.findByText('mine@1 is kept.');
  await screen.findByText('Not run yet');
  fireEvent.click(screen.getByRole('button', { name: 'Report of mine@1' }));
  await screen.findByText('Run it first: it has no verdict yet.');
  expect(alerts()).toEqual([]);
  expect(container.querySelector('.field-problem')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Run it' }));
  await screen.findByRole('heading', { name: 'Run mine@1' });
});

it('every field of a judge has a name for people', () => {
  const { properties } = judgeJsonSchema() as { properties: Record<string, { properties?: object }> };
  expect(Object.keys(properties).sort()).toEqual(Object.keys(judgeDefinitionSchema.shape).sort());
  for (const [field, { properties: inner = {} }] of Object.entries(properties))
    for (const path of [field, ...Object.keys(inner).map((each) => `${field}.${each}`)])
      expect(definitionFieldName(path), path).not.toBe('The judge');
});

it.each([
  ['name', ''],
  ['name', '/x'],
  ['model', ''],
  ['endpoint', 'nowhere'],
  ['prompt', ''],
  ['prompt', 'Only {{output_a}}'],
  ['orders', 'all'],
  ['samplesPerOrder', 0],
  ['parameters', { seed: 0.5 }],
  ['parameters', { topLogProbabilities: 21 }],
  ['keyHeader', 'a b'],
  ['headers', { 'X-Team': 'é' }],
  ['reply', { form: 'criteria', criteria: [{ name: 'No Name', about: 'x' }] }],
])('no raw name in what is said of a judge with %s %j', async (field, wrong) => {
  const { studyId, app } = await openPageStudy();
  const fine = {
    ...{ name: 'mine', model: 'any', endpoint: 'http://127.0.0.1/v1', prompt: '{{output_a}} {{output_b}}' },
    reply: { form: 'pairwise', scale: 'forced', grammar: 'last_line' },
  };
  const reply = await app.call('judges.preview', {
    studyId,
    definition: { ...fine, [field]: wrong },
    number: 1,
  });
  if (reply.ok) throw new Error('it was taken');
  const said = judgeFailureText(reply.error);
  expect(said).toMatch(/^[A-Z]/u);
  // What was typed is quoted as it was.
  expect(said.replace(/; found .*|\{\{\w+\}\}/gu, '').replace(/"[^"]*"|“[^”]*”/gu, '')).not.toMatch(RAW);
});
