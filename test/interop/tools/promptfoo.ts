import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison } from '../../../shared/formats/own/native.ts';
import { JUDGE, madeStudy, SYSTEMS } from '../made-study.ts';
import { linesOf, type Trial } from '../trial.ts';
import type { Witness } from '../witness.ts';

const LETTERS: Readonly<Record<string, string>> = { first: 'A', second: 'B', tie: 'C', both_bad: 'D' };

/** Texts that its templates would fill in, and its loader would read or run. */
const TEXTS_THAT_ACT = [
  '{{ 7 * 7 }}',
  '{{prompt}} and {{ output_b }} and {{pair.prompt}}',
  "{{ ({}).constructor.constructor('return 40 + 2')() }}",
  '{% raw %}{{ prompt }}{% endraw %}',
  '{% for each in [1, 2] %}{{ each }}{% endfor %}',
  '{# a comment #} and {{ env.HOME }}',
  "{{ env.NOPE | default(({}).constructor.constructor('return 40+2')()) }}",
  '{% set home = env.HOME %}{{ home }} and env.HOME',
  'package:report:run',
  'exec:echo acted',
  'file://report.txt?{{ prompt }}',
  'file://report.txt',
  'file://acts.cjs',
  '  file:///etc/hostname',
  'FILE://report.txt',
  'https://example.com/{{ prompt }}',
  '["one", "two"]',
  '{"pair": {"prompt": "another"}}',
  '$ref: file://report.txt',
  '@report.txt',
  '\\{\\{ prompt \\}\\}',
];

/** Of these, what no file of tests can keep it from filling in. */
const LEFT_OUT = /env[.[].*\}\}$|^file:.*\{\{/u;

/** Results of an eval come in, as JSON and as JSON Lines; test cases for a judge go out, whatever the texts hold. */
export const promptfoo: Witness = {
  name: 'promptfoo',
  environment: { registry: 'npm', pins: 'promptfoo' },
  witness: async (trial) => {
    await trial.attempt(() => results(trial));
    await trial.attempt(() => tests(trial));
  },
};

async function results(trial: Trial): Promise<void> {
  const rows = madeStudy().map(({ prompt, a, b }, index) => ({
    question: prompt,
    answers: [a.text, b.text],
    passes: [index % 3 !== 0, index % 2 === 0],
    best: (index * 7) % 5 < 2 ? 0 : 1,
  }));
  trial.write('rows.json', JSON.stringify(rows));
  trial.write('answers.cjs', ANSWERS);
  trial.write('grader.cjs', GRADER);
  trial.write('chooser.cjs', CHOOSER);
  const { results: run } = await evaluated(trial, 'results', {
    prompts: ['Please answer. {{question}}'],
    providers: SYSTEMS.map((label, side) => ({ id: 'file://answers.cjs', label, config: { side } })),
    tests: rows.map(({ question }, index) => ({
      vars: { question, index: String(index) },
      assert: [
        { type: 'llm-rubric', value: 'is right', metric: 'right', provider: 'file://grader.cjs' },
        { type: 'select-best', value: 'is better', provider: 'file://chooser.cjs' },
      ],
    })),
  });
  for (const ending of ['json', 'jsonl'])
    await trial.attempt(async () => {
      const study = `Results as ${ending}`;
      await trial.importFiles(study, [`results.${ending}`]);
      const imported = await trial.rows(study);
      trial.came.push(`${imported.length} pairs of .${ending}`);
      trial.equal(`pairs of .${ending}`, rows.length, imported.length);
      trial.equal(
        `texts of .${ending}`,
        new Set(rows.flatMap(({ answers }) => answers)).size,
        textsOf(imported).size,
      );
      const [first, second] = run.prompts.map(({ metrics }) => metrics.namedScores);
      const best = [0, 1].map(
        (side) => run.results.filter((result) => result.promptIdx === side && wasBest(result)).length,
      );
      trial.equal(`best of .${ending}`, best, winsOf(imported, 'select-best'));
      const [one, other] = winsOf(imported, 'llm-rubric');
      trial.equal(`right of .${ending}`, (first?.right ?? 0) - (second?.right ?? 0), one - other);
    });
}

async function tests(trial: Trial): Promise<void> {
  const made = madeStudy({ pairs: 60, verdicts: ['first', 'second', 'tie', 'both_bad'] });
  const rows = made.map((row, index): Comparison => {
    const text = TEXTS_THAT_ACT[index];
    const judge = [
      { judge: JUDGE, order: 'both' as const, verdict: row.judge?.[0]?.verdict ?? 'tie', sample: 0 },
    ];
    if (text === undefined) return { ...row, judge };
    const place = index % 3;
    return {
      ...row,
      judge,
      id: index % 2 === 0 ? row.id : `${text} ${row.id}`,
      reference: text,
      slices: { kind: text, [text]: 'kind' },
      ...(place === 0 ? { prompt: text } : {}),
      a: { ...row.a, text: place === 1 ? text : `${row.a.text}` },
      b: { ...row.b, text: place === 2 ? text : `${row.b.text}` },
    };
  });
  await trial.importRows('Tests', rows);
  const folder = await trial.exportAs('Tests', 'promptfoo-tests');
  const exported = JSON.parse(readFileSync(join(folder, 'promptfoo-tests.json'), 'utf8')) as Test[];
  const said = rows.map(({ id, judge }) => [id, LETTERS[judge?.[0]?.verdict ?? ''] ?? '?']);
  trial.write('said.json', JSON.stringify(Object.fromEntries(said)));
  trial.write('judge.cjs', JUDGE_UNDER_TEST);
  trial.write('report.txt', 'what stands in a file');
  trial.write('acts.cjs', ACTS);
  const expected = new Map(
    rows.map(({ id, prompt, reference, a, b }) => [id, [prompt, a.text, b.text, reference].join('|')]),
  );
  const labelled = new Set(
    (await trial.rows('Tests'))
      .filter(({ gold }) => (gold as { readonly verdict: string | null } | undefined)?.verdict != null)
      .map(({ id }) => id),
  );
  const saidOf = new Map(said.map(([id, letter]) => [id?.trim(), letter]));
  const held = exported.map(({ description }) => description.trim());
  for (const [index, text] of TEXTS_THAT_ACT.entries())
    trial.equal(
      `whether ${text} is held`,
      held.includes(rows[index]?.id.trim() ?? ''),
      !LEFT_OUT.test(text) && labelled.has(rows[index]?.id ?? ''),
    );
  cpSync(join(folder, 'promptfoo-tests.json'), join(trial.folder, 'tests.json'));
  const ways = { pasted: exported, 'as a file': 'file://tests.json', 'in a list': ['file://tests.json'] };
  for (const [way, given] of Object.entries(ways)) {
    const seenFile = join(trial.folder, 'seen.jsonl');
    rmSync(seenFile, { force: true });
    const { results: run } = await evaluated(trial, `judged ${way}`, {
      prompts: ['{{pair.prompt}}<<1>>{{pair.output_a}}<<2>>{{pair.output_b}}<<3>>{{pair.reference}}'],
      providers: ['file://judge.cjs'],
      tests: given,
    });
    const seen = linesOf(seenFile) as Seen[];
    trial.went.push(`${seen.length} tests ${way}`);
    trial.equal(`tests ${way}`, seen.length, exported.length);
    for (const { id, prompt } of seen)
      trial.equal(
        `what a judge sees ${way} of ${id}`,
        prompt.split(/<<[123]>>/u).join('|'),
        expected.get(id) ?? expected.get(id.trimStart()),
      );
    trial.equal(
      `names and slices ${way}`,
      seen.map(({ id, metadata }) => ({ id, metadata })),
      exported.map(({ description, metadata }) => ({ id: description, metadata })),
    );
    trial.equal('tests without an error', run.stats.successes + run.stats.failures, exported.length);
    trial.equal(
      `passed tests ${way}`,
      run.stats.successes,
      exported.filter(({ description, assert }) => assert[0]?.value === saidOf.get(description.trim()))
        .length,
    );
  }
}

/** Runs an eval of its own and reads what it wrote as `<name>.json` and `<name>.jsonl`. */
async function evaluated(trial: Trial, name: string, config: unknown): Promise<Evaluated> {
  const file = trial.write(`${name}.config.json`, JSON.stringify(config));
  const outputs = [`${name}.json`, `${name}.jsonl`].flatMap((output) => ['-o', output]);
  const options = ['--no-write', '--no-table', '--no-cache', '--no-progress-bar', '-j', '1'];
  // It ends with 100 where a test fails, which is what some of these do.
  await trial.npm('promptfoo', ['eval', '-c', file, ...outputs, ...options], [0, 100]);
  return JSON.parse(readFileSync(join(trial.folder, `${name}.json`), 'utf8')) as Evaluated;
}

function wasBest({ gradingResult }: Result): boolean {
  return gradingResult.componentResults.some(
    ({ pass, assertion }) => assertion.type === 'select-best' && pass,
  );
}

/** How many pairs a judge gives each system. */
function winsOf(rows: readonly Comparison[], judge: string): [number, number] {
  const wins: [number, number] = [0, 0];
  for (const { a, b, judge: verdicts } of rows)
    for (const { verdict } of (verdicts ?? []).filter((each) => each.judge.includes(judge))) {
      const winner = verdict === 'first' ? a : verdict === 'second' ? b : null;
      if (winner !== null) wins[winner.system.includes(SYSTEMS[0]) ? 0 : 1]++;
    }
  return wins;
}

function textsOf(rows: readonly Comparison[]): Set<string | undefined> {
  return new Set(rows.flatMap(({ a, b }) => [a.text, b.text]));
}

interface Evaluated {
  readonly results: {
    readonly stats: { readonly successes: number; readonly failures: number };
    readonly results: readonly Result[];
    readonly prompts: readonly {
      readonly metrics: { readonly namedScores: Readonly<Record<string, number>> };
    }[];
  };
}

interface Result {
  /** The place of the provider, as there is one prompt. */
  readonly promptIdx: number;
  readonly gradingResult: {
    readonly componentResults: readonly {
      readonly pass: boolean;
      readonly assertion: { readonly type: string };
    }[];
  };
}

interface Test {
  readonly description: string;
  readonly assert: readonly { readonly value: string }[];
  readonly metadata: unknown;
}

interface Seen {
  readonly id: string;
  readonly metadata: unknown;
  readonly prompt: string;
}

/** A model that answers from the made study. */
const ANSWERS = `
const rows = require('./rows.json');
module.exports = class {
  constructor({ config, label }) { this.side = config.side; this.label = label; }
  id() { return 'made:' + this.side; }
  async callApi(prompt, { vars }) { return { output: rows[Number(vars.index)].answers[this.side] }; }
};
`;

/** Grades an output by where it stands in the made study. */
const GRADER = `
const rows = require('./rows.json');
module.exports = class {
  id() { return 'made:grader'; }
  async callApi(prompt, { vars }) {
    const row = rows[Number(vars.index)];
    const pass = row.passes[vars.output === row.answers[0] ? 0 : 1];
    return { output: JSON.stringify({ pass, score: pass ? 1 : 0, reason: 'as made' }) };
  }
};
`;

const CHOOSER = `
const rows = require('./rows.json');
module.exports = class {
  id() { return 'made:chooser'; }
  async callApi(prompt, { vars }) { return { output: String(rows[Number(vars.index)].best) }; }
};
`;

/** The judge that is tested: says what it said in the study, and writes down what it was asked. */
const JUDGE_UNDER_TEST = `
const fs = require('node:fs');
const path = require('node:path');
const said = require('./said.json');
module.exports = class {
  id() { return 'made:judge'; }
  async callApi(prompt, { test }) {
    fs.appendFileSync(path.join(__dirname, 'seen.jsonl'), JSON.stringify({ id: test.description, metadata: test.metadata, prompt }) + '\\n');
    return { output: said[test.description] ?? said[test.description.trimStart()] };
  }
};
`;

/** What no text of a model may bring about. */
const ACTS = `module.exports = () => { throw new Error('a text of a model was run'); };`;
