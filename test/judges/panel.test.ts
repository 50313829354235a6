/** Panels through the command line: judges of their own on the card, with weights from the dev split alone. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitOf } from '../../electron/core/store/study/content-split.ts';
import { commandLine } from '../support/command-line.ts';
import { jsonLines } from '../support/comparisons.ts';

async function studyWithJudges() {
  const line = commandLine();
  const rows = Array.from({ length: 120 }, (_row, index) => {
    const label = index % 2 === 0 ? 'first' : 'second';
    const other = index % 2 === 0 ? 'second' : 'first';
    const says = (judge: string, isRight: boolean) => ({
      judge,
      order: 'both',
      verdict: isRight ? label : other,
    });
    return {
      id: `p${index}`,
      prompt: `Question ${index}`,
      a: { system: 'one', text: 'A' },
      b: { system: 'two', text: 'B' },
      human: [{ rater: 'ada', verdict: label }],
      judge: [says('sharp', index % 10 !== 0), says('dull', index % 5 < 3), says('dim', index % 7 < 4)],
    };
  });
  const file = join(line.folder, 'rows.jsonl');
  writeFileSync(file, jsonLines(rows));
  const at = ['--study', 'S', '--store', line.store];
  await line.run('import', file, ...at);
  const dev = rows.filter(({ prompt }) => splitOf(JSON.stringify(prompt)) === 'dev').length;
  return { ...line, at, dev };
}

describe('touchstone judge panel', () => {
  it('makes a judge whose card leaves out what its weights were fitted on', async () => {
    const { run, at, dev } = await studyWithJudges();
    const made = await run(
      'judge',
      'panel',
      'council',
      '--members',
      'sharp',
      'dull',
      'dim',
      '--rule',
      'weighted',
      ...at,
    );
    expect(made).toMatchObject({
      code: 0,
      out: expect.stringContaining('with weights fitted on the dev split'),
    });
    await run('judge', 'panel', 'crowd', '--members', 'sharp', 'dull', 'dim', ...at);
    const card = async (judge: string) =>
      JSON.parse((await run('agreement', '--judge', judge, ...at, '--json')).out).cards[0].parts as {
        name: string;
        figures: { row: string; measure: string; n: number; value: number }[];
      }[];
    const figure = (parts: Awaited<ReturnType<typeof card>>, part: string, row: string, measure: string) =>
      parts
        .find(({ name }) => name === part)
        ?.figures.find((each) => each.row === row && each.measure === measure);
    const council = await card('council');
    expect(figure(council, 'agreement', 'people', 'agreement')).toMatchObject({
      n: 120 - dev,
      value: expect.any(Number),
    });
    expect(figure(council, 'agreement', 'people', 'agreement')?.value).toBeGreaterThan(0.85);
    expect(figure(council, 'standing', 'pairs it was tuned on', 'agreement')).toMatchObject({ n: dev });
    expect(figure(await card('crowd'), 'agreement', 'people', 'agreement')).toMatchObject({ n: 120 });
    const { panels } = JSON.parse((await run('judge', 'list', ...at, '--json')).out);
    expect(panels).toEqual([
      {
        judge: 'council',
        rule: 'weighted',
        members: ['sharp', 'dull', 'dim'],
        weights: [expect.any(Number), expect.any(Number), expect.any(Number)],
      },
      { judge: 'crowd', rule: 'majority', members: ['sharp', 'dull', 'dim'], weights: [1, 1, 1] },
    ]);
    expect(panels[0].weights[0]).toBeGreaterThan(panels[0].weights[1]);
    expect((await run('judge', 'compare', 'crowd', 'council', ...at)).out).toContain('Agreement with people');
  });

  it.each([
    ['a name that is taken', ['sharp', '--members', 'dull', 'dim'], 'has a judge “sharp” already'],
    ['a member that is not there', ['x', '--members', 'dull', 'nobody'], 'no judge “nobody”'],
    ['one member twice', ['x', '--members', 'dull', 'dull'], 'two members or more, each once'],
    [
      'probabilities nobody gave',
      ['x', '--members', 'dull', 'dim', '--rule', 'mean_probability'],
      'gave no probabilities',
    ],
  ])('refuses %s', async (_name, args, message) => {
    const { run, at } = await studyWithJudges();
    expect(await run('judge', 'panel', ...args, ...at)).toMatchObject({
      code: 2,
      complaint: expect.stringContaining(message),
    });
  });
});
