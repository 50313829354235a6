/** Several files in one import, and imports one after the other: whose votes they are, which hold nothing, which belong together. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../shared/errors/errors.ts';
import { mappingSchema } from '../../shared/formats/mapping/mapping.ts';
import type { Comparison } from '../../shared/formats/own/native.ts';
import { commandLine } from '../support/command-line.ts';
import { importFiles, jsonLines, nativeRows } from '../support/comparisons.ts';
import { archive } from '../support/eval-archive.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function zipOf(files: Readonly<Record<string, Buffer>>): Buffer {
  return archive(
    Object.entries(files).map(([name, bytes]) => ({
      name,
      text: bytes.toString(),
      method: 'deflated' as const,
    })),
  );
}

type Options = Parameters<typeof importFiles>[2];

async function importing(
  storePath: string,
  files: Readonly<Record<string, string | Buffer>>,
  options: Options = {},
) {
  const folder = temporaryFolder();
  const given = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return { path: join(folder, name), name };
  });
  try {
    return await importFiles(storePath, given, options);
  } catch (error) {
    if (error instanceof ServiceError) return { refused: error.message };
    throw error;
  }
}

const row = (chosen: string, rejected: string, prompt = 'Why?') => ({ prompt, chosen, rejected });
const crossVote = (preference: number) => ({
  instruction: 'Why?',
  output_1: 'So.',
  output_2: 'No.',
  preference,
});
const numbered = mappingSchema.parse({
  format: 'touchstone-mapping/1',
  sources: [
    {
      fields: {
        id: 'id',
        prompt: 'q',
        a: { system: { const: 'm' }, text: 'x' },
        b: { system: { const: 'n' }, text: 'y' },
        human: [{ rater: { numbered: 'rater ' }, verdict: 'v' }],
      },
    },
  ],
});
const mappedRow = (v: string, id = '1') => ({ id, q: `Why ${id}?`, x: 'So.', y: 'No.', v });

describe('raters whom no file names', () => {
  it.each<[string, readonly object[], readonly object[], Options, readonly string[]]>([
    ['a preference set', [row('So.', 'No.')], [row('No.', 'So.')], {}, ['data set', 'data set 2']],
    ['cross-annotations', [crossVote(1)], [crossVote(2)], {}, ['annotator 1', 'annotator 2']],
    [
      'a mapping that numbers them',
      [mappedRow('first')],
      [mappedRow('second')],
      { mapping: numbered },
      ['rater 1', 'rater 2'],
    ],
  ])('are counted on over the files of one import: %s', async (_what, one, other, options, raters) => {
    const { storePath } = await openTestApp();
    const files = { 'one.jsonl': jsonLines(one), 'other.jsonl': jsonLines(other) };
    const both = await importing(storePath, files, options);
    expect(both).toMatchObject({ raters: raters.map((name) => ({ name, votes: 1 })), errors: [] });
    // The same files again change nothing.
    expect(await importing(storePath, files, options)).toMatchObject({
      changedNothing: true,
      warnings: expect.not.arrayContaining([expect.stringContaining('The study had votes')]),
    });
    // As one file they are the same votes.
    const whole = await importing(storePath, { 'all.jsonl': jsonLines([...one, ...other]) }, options);
    expect(whole).toMatchObject({ changedNothing: true });
  });

  it('of an earlier import are not taken for those of the next without a word', async () => {
    const { storePath } = await openTestApp();
    const options = { mapping: numbered };
    await importing(storePath, { 'one.jsonl': jsonLines([mappedRow('first')]) }, options);
    const next = await importing(
      storePath,
      { 'two.jsonl': jsonLines([mappedRow('first'), mappedRow('tie', '2')]) },
      options,
    );
    expect(next).toMatchObject({
      warnings: [
        expect.stringMatching(
          /^The study had votes of “rater 1” before this import, .* whether they are the same people is not known\./u,
        ),
      ],
    });
    const against = { 'three.jsonl': jsonLines([mappedRow('second')]) };
    for (const dryRun of [true, false])
      expect(JSON.stringify(await importing(storePath, against, { ...options, dryRun }))).toMatch(
        /three\.jsonl.*rater 1.*stands for raters whom no file names/u,
      );
  });
});

describe('files that hold nothing', () => {
  const rows = jsonLines(nativeRows(2));
  it.each([
    ['empty.jsonl', '', 'is empty'],
    ['list.json', '[]', 'holds no record'],
    ['list.json', ' [ ]\n', 'holds no record'],
    ['blank.jsonl', '\n\n', 'holds nothing but white space'],
    ['header.csv', 'id,prompt\n', 'holds no record'],
    [
      'results_2026.json',
      '{"results": {"lakes": {"acc,none": 0.5}}}',
      'holds the results of a run of lm-evaluation-harness',
    ],
  ])('are named and passed over beside others, and an error alone: %s %j', async (name, content, reason) => {
    const { storePath } = await openTestApp();
    const beside = await importing(storePath, { [name]: content, 'rows.jsonl': rows });
    expect(beside).toMatchObject({
      counts: { pairsAdded: 2 },
      files: [{ name: 'rows.jsonl' }],
      warnings: [expect.stringContaining(`${name} ${reason}`)],
    });
    const alone = await importing(storePath, { [name]: content });
    expect(alone).toMatchObject({ refused: expect.stringContaining(`${name}: ${reason}`) });
    const several = await importing(storePath, { [name]: content, 'other.jsonl': '' });
    expect(several).toMatchObject({ refused: expect.stringMatching(/^2 files cannot be read\. /u) });
  });
});

it('labels of the alternative annotator test’s own MT-bench data are of the answers that FastChat’s files hold', async () => {
  const { storePath } = await openTestApp();
  const models = ['llama-13b', 'gpt-3.5-turbo', 'claude-v1'];
  await importing(storePath, {
    'question.jsonl': jsonLines([{ question_id: 82, category: 'writing', turns: ['One?', 'Two?'] }]),
    ...Object.fromEntries(
      models.map((model) => [
        `${model}.jsonl`,
        jsonLines([
          { question_id: 82, model_id: model, choices: [{ index: 0, turns: [`${model} 1`, `${model} 2`] }] },
        ]),
      ]),
    ),
  });
  const [first, second] = ['82__llama-13b__gpt-3.5-turbo__1', '82__claude-v1__llama-13b__2'] as const;
  const people = { expert_1: { [first]: 'model_b', [second]: 'tie' }, expert_2: { [second]: 'model_a' } };
  const said = await importing(
    storePath,
    { 'human.json': JSON.stringify(people, null, 1) },
    { format: 'alt-test-humans' },
  );
  expect(said).toMatchObject({
    counts: { votesAdded: 3 },
    raters: [{ name: 'expert_1' }, { name: 'expert_2' }],
  });
  const judges = { 'gpt-4': { [first]: 'model_a', [second]: 'model_b' } };
  expect(await importing(storePath, { 'labels.json': JSON.stringify(judges) })).toMatchObject({
    refused: expect.stringContaining('could be several formats: alt-test-humans'),
  });
  // The test’s own name says which of the two it is.
  await importing(storePath, { 'llm_annotations.json': JSON.stringify(judges) });
  const out = join(temporaryFolder(), 'set');
  await commandLine().run('export', '--study', 'Study', '--out', out, '--store', storePath);
  const rows = readFileSync(join(out, 'comparisons.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Comparison);
  const verdicts = rows.flatMap(({ id, a, b, human = [], judge = [] }) => {
    const named = (verdict: string) => ({ first: a.system, second: b.system })[verdict] ?? verdict;
    return human.length === 0
      ? []
      : [[id, human.map((vote) => named(vote.verdict)), judge.map((each) => named(each.verdict))]];
  });
  expect(verdicts).toEqual([
    ['82/2/claude-v1/llama-13b', ['tie', 'claude-v1'], ['llama-13b']],
    ['82/1/gpt-3.5-turbo/llama-13b', ['gpt-3.5-turbo'], ['llama-13b']],
  ]);
});

describe('ratings of single outputs', () => {
  const turns = [
    { role: 'user', text: 'Why?' },
    { role: 'assistant', text: 'So.' },
  ];
  it.each([
    ['id,rater_id,context,response,Q_overall\n1,r1,hi,there,No\n', true],
    ['prompt,output,score\nWhy?,So.,3\n', true],
    ['prompt,response,helpfulness,verbosity\nWhy?,So.,3,1\n', true],
    ['prompt,response_a,response_b,rating\nWhy?,So.,No.,1\n', false],
    ['name,colour\nx,red\n', false],
    [jsonLines([{ question: 'Why?', choices: ['So.', 'No.'], answer: 0 }]), false],
    [jsonLines([{ prompt: 'Why?', completions: [{ text: 'So.' }, { text: 'No.' }], score: 1 }]), false],
    [jsonLines([{ history: turns, response: 'So.', rating: 1 }]), true],
  ])('are refused as such: %j', async (table, isSingle) => {
    const { storePath } = await openTestApp();
    const file = table.startsWith('{') ? 'rows.jsonl' : 'rows.csv';
    const { refused = '' } = (await importing(storePath, { [file]: table })) as { refused?: string };
    expect(refused).toContain(`${file}: is not understood`);
    expect(refused.includes('labels of one output by itself cannot come in yet')).toBe(isSingle);
    expect(refused.includes('Say with a mapping')).toBe(!isSingle);
  });
});

describe('a calibration set', () => {
  async function exported() {
    const { storePath } = await openTestApp();
    const files = { 'rows.jsonl': jsonLines(nativeRows(4)) };
    await importing(storePath, files, { study: 'Rivers' });
    const out = join(temporaryFolder(), 'set');
    await commandLine().run('export', '--study', 'Rivers', '--out', out, '--store', storePath);
    const names = readdirSync(out);
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(out, name))]));
  }

  it('comes in by its files, whatever folder they are in, and as an archive, by itself or in a folder', async () => {
    const set = await exported();
    const { storePath } = await openTestApp();
    const inFolder = Object.fromEntries(Object.entries(set).map(([name, bytes]) => [`set/${name}`, bytes]));
    for (const [files, added] of [
      [{ 'set.zip': zipOf(set) }, 4],
      [{ 'set.zip': zipOf({ ...inFolder, '__MACOSX/set/._manifest.json': Buffer.from('x') }) }, 0],
      [set, 0],
    ] as const)
      expect(await importing(storePath, files, { study: 'Rivers' })).toMatchObject({
        counts: { pairsAdded: added },
        changedNothing: added === 0,
      });
  });

  it.each<[string, (set: Record<string, Buffer>) => Readonly<Record<string, Buffer>>, RegExp]>([
    [
      'with a file that is none of it',
      (set) => ({ ...set, 'more.jsonl': Buffer.from('{}') }),
      /more\.jsonl: is no file of the calibration set/u,
    ],
    [
      'with a file that is another',
      (set) => ({ ...set, 'comparisons.jsonl': Buffer.from('{}\n') }),
      /comparisons\.jsonl: is not the file that the manifest describes/u,
    ],
    [
      'with one that is missing',
      ({ 'comparisons.jsonl': _missing, ...set }) => ({ 'set.zip': zipOf(set) }),
      /comparisons\.jsonl: cannot be read/u,
    ],
    [
      'twice in one archive',
      (set) => ({ 'set.zip': zipOf({ ...set, 'other/manifest.json': Buffer.from('{}') }) }),
      /set\.zip: is a ZIP archive: unpack it/u,
    ],
    [
      'damaged',
      (set) => {
        const bytes = zipOf(set);
        const at = bytes.indexOf('comparisons.jsonl') + 400;
        bytes.fill(0x5a, at, at + 40);
        return { 'set.zip': bytes };
      },
      /set\.zip|comparisons\.jsonl/u,
    ],
  ])('is refused %s', async (_what, changed, reason) => {
    const { storePath } = await openTestApp();
    const files = changed(await exported());
    expect(await importing(storePath, files)).toMatchObject({ refused: expect.stringMatching(reason) });
  });
});
