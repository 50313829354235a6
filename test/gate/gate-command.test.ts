/** `touchstone gate`, as a build runs it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GateResult } from '../../shared/card/gate/gate-result.ts';
import type { AgreementCard } from '../../shared/contract/agreement-methods.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { commandLine } from '../support/command-line.ts';
import { jsonLines, nativeRows } from '../support/comparisons.ts';

const STUDY = 'Study <one> & "two"';

/** A study with a judge that follows people and one that hardly does, and a way to hold them against a rule. */
async function studyWithJudges() {
  const cli = commandLine();
  const random = seededRandom('gate');
  const verdict = () => (random.below(2) === 0 ? 'first' : 'second');
  const rows = nativeRows(240).map((row, index) => {
    const label = verdict();
    const or = (share: number) => (random.below(100) < share ? label : verdict());
    return {
      ...row,
      slices: { size: index < 6 ? 'tiny' : 'usual' },
      human: ['r1', 'r2', 'r3'].map((rater) => ({ rater, verdict: or(90) })),
      judge: (['a_first', 'b_first'] as const).flatMap((order) => [
        { judge: 'good', order, verdict: or(96) },
        { judge: 'poor | `x`', order, verdict: or(20) },
      ]),
    };
  });
  const file = join(cli.folder, 'rows.jsonl');
  writeFileSync(file, jsonLines(rows));
  expect((await cli.run('import', file, '--study', STUDY, '--store', cli.store)).code).toBe(0);
  const gate = (...args: string[]) => cli.run('gate', '--study', STUDY, '--store', cli.store, ...args);
  const gateJson = async (...args: string[]) => JSON.parse((await gate(...args, '--json')).out) as GateResult;
  return { cli, gate, gateJson };
}

describe('a gate', () => {
  it('lets a good judge through, stops a poor one, and says where labels are too few', async () => {
    const { gate } = await studyWithJudges();
    expect(await gate('--judge', 'good', '--min-kappa', '0.6')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Gate: passed'),
    });
    expect(await gate('--judge', 'poor | `x`', '--min-kappa', '0.6')).toMatchObject({
      code: 1,
      out: expect.stringContaining('Gate: failed'),
    });
    const tiny = ['--judge', 'good', '--min-kappa', '0.6', '--slice', 'size=tiny'];
    expect(await gate(...tiny)).toMatchObject({
      code: 1,
      out: expect.stringContaining('Gate: too few labels to tell'),
    });
    expect((await gate(...tiny, '--allow-inconclusive')).code).toBe(0);
  });

  it('fails a judge of whose replies none counts, however many labels there are', async () => {
    const cli = commandLine();
    const rows = nativeRows(40).map((row, index) => ({
      ...row,
      slices: { size: index < 4 ? 'tiny' : 'usual' },
      human: ['r1', 'r2'].map((rater) => ({ rater, verdict: index % 2 === 0 ? 'first' : 'second' })),
      judge: [
        { judge: 'mute', order: 'a_first', verdict: 'unparsed' },
        { judge: 'always A', order: 'a_first', verdict: 'first' },
        { judge: 'always A', order: 'b_first', verdict: 'second' },
        { judge: 'broken', order: 'a_first', verdict: 'error' },
        { judge: 'ties', order: 'a_first', verdict: 'tie' },
      ],
    }));
    const file = join(cli.folder, 'rows.jsonl');
    writeFileSync(file, jsonLines(rows));
    expect((await cli.run('import', file, '--study', STUDY, '--store', cli.store)).code).toBe(0);
    const rule = ['--study', STUDY, '--store', cli.store, '--min-kappa', '0.6', '--allow-inconclusive'];
    const gate = (judge: string, ...args: string[]) => cli.run('gate', ...rule, '--judge', judge, ...args);
    expect(await gate('mute')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/none of the judge’s replies on 40 labelled pairs[\s\S]*Gate: failed/u),
    });
    expect((await gate('always A', '--inconsistent', 'drop')).code).toBe(1);
    expect((await gate('ties', '--ties', 'drop')).code).toBe(1);
    // Four pairs show nothing, and an endpoint's errors are no replies.
    const sliced = await gate('mute', '--slice', 'size=tiny', '--json');
    expect((JSON.parse(sliced.out) as GateResult).checks).toMatchObject([
      { about: 'all pairs', outcome: 'failed' },
      { about: 'size=tiny', outcome: 'inconclusive' },
    ]);
    expect(await gate('broken')).toMatchObject({
      code: 0,
      out: expect.stringContaining('too few labels to tell'),
    });
  });

  it('finds the figures of the card, and the same bytes again', async () => {
    const { cli, gateJson } = await studyWithJudges();
    const found = await gateJson('--judge', 'good', '--min-kappa', '0.6', '--max-flip-rate', '0.2');
    const { out } = await cli.run(
      'agreement',
      '--study',
      STUDY,
      '--judge',
      'good',
      '--store',
      cli.store,
      '--json',
    );
    const [card] = (JSON.parse(out) as { cards: AgreementCard[] }).cards;
    const figureOf = (part: string, row: string, measure: string) =>
      card?.parts
        .find(({ name }) => name === part)
        ?.figures.find((figure) => figure.row === row && figure.measure === measure);
    for (const [measure, part, row] of [
      ['kappa', 'agreement', 'people'],
      ['flip_rate', 'orders', 'both orders'],
    ] as const) {
      const mine = found.figures.find((figure) => figure.measure === measure);
      const theirs = figureOf(part, row, measure);
      expect([mine?.value, mine?.low, mine?.high, mine?.n]).toEqual([
        theirs?.value,
        theirs?.interval?.low,
        theirs?.interval?.high,
        theirs?.n,
      ]);
    }
    expect(await gateJson('--judge', 'good', '--min-kappa', '0.6', '--max-flip-rate', '0.2')).toEqual(found);
  });

  it('holds a judge against an earlier gate', async () => {
    const { cli, gate, gateJson } = await studyWithJudges();
    const baseline = join(cli.folder, 'baseline.json');
    writeFileSync(baseline, JSON.stringify(await gateJson('--judge', 'good', '--min-kappa', '0.6')));
    expect((await gate('--judge', 'good', '--not-below', baseline)).code).toBe(0);
    expect(await gate('--judge', 'poor | `x`', '--not-below', baseline)).toMatchObject({
      code: 1,
      out: expect.stringContaining('it is shown to be lower'),
    });
    expect(await gate('--judge', 'good', '--not-below', baseline, '--ties', 'drop')).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('made under other policies'),
    });
    expect(await gate('--judge', 'good', '--not-below', baseline, '--slice', 'size=usual')).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('no kappa on size=usual'),
    });
    writeFileSync(baseline, '{"touchgate":1}');
    expect(await gate('--judge', 'good', '--not-below', baseline)).toMatchObject({
      code: 2,
      complaint: expect.stringMatching(/baseline\.json: judge: is missing/u),
    });
  });

  it('asks the alternative annotator test', async () => {
    const { gateJson } = await studyWithJudges();
    const { checks } = await gateJson('--judge', 'good', '--require-alt-test', '0.2');
    expect(checks).toMatchObject([{ name: 'alt_test', outcome: 'passed', n: 3 }]);
    const poor = await gateJson('--judge', 'poor | `x`', '--require-alt-test', '0.1');
    expect(poor.checks).toMatchObject([{ name: 'alt_test', outcome: 'failed', value: 0 }]);
  });

  it('could not run is no answer', async () => {
    const { gate } = await studyWithJudges();
    for (const [args, complaint] of [
      [['--judge', 'good'], 'Ask for something'],
      [['--judge', 'nobody', '--min-kappa', '0.6'], 'no judge named “nobody”'],
      [['--judge', 'good', '--min-kappa', '2'], 'a number from -1 to 1'],
      [['--judge', 'good', '--min-kappa', '0.6', '--slice', 'size=none'], 'No comparison of this study'],
      [['--judge', 'good', '--min-kappa', '0.6', '--slice', 'size'], 'NAME=VALUE'],
    ] as const)
      expect(await gate(...args)).toMatchObject({ code: 2, complaint: expect.stringContaining(complaint) });
  });

  it('writes JUnit XML and Markdown that names cannot break', async () => {
    const { cli, gate } = await studyWithJudges();
    const [junit, summary] = [join(cli.folder, 'junit.xml'), join(cli.folder, 'summary.md')];
    const args = ['--judge', 'poor | `x`', '--min-kappa', '0.6', '--slice', 'size=tiny'];
    await gate(...args, '--junit', junit, '--summary', summary);
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toContain('tests="2" failures="1" errors="1" skipped="0"');
    expect(xml).toContain('name="touchstone gate Study &#60;one&#62; &#38; &#34;two&#34;"');
    expect(xml.replaceAll(/<[^<>]*>/gu, '')).not.toMatch(/[<>]/u);
    await gate(...args, '--allow-inconclusive', '--junit', junit, '--summary', summary);
    expect(readFileSync(junit, 'utf8')).toContain('tests="2" failures="1" errors="0" skipped="1"');
    const markdown = readFileSync(summary, 'utf8');
    expect(markdown.match(/^### Study \\<one\\> \\& "two": poor \\\| \\`x\\`,/gmu)).toHaveLength(2);
    expect(markdown).toContain('| kappa ≥ 0.6 | all pairs |');
  });
});
