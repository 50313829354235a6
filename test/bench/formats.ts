/**
 * `npm run bench:formats`: how fast files of other tools are read, beside a plain `JSON.parse` of the same lines in the same
 * run. `read` is recognising, checking and turning into native rows; `import` is all of it, into a new store. With `-- --large`,
 * two logs of half a gigabyte each are imported too, in a process whose peak memory is printed. Nothing here asserts.
 */
import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inspectFile } from '../../electron/core/imports/inspect-file.ts';
import { readRecords } from '../../electron/core/imports/read-records.ts';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { type Recognition, recognise } from '../../shared/formats/harness/read/harness-formats.ts';
import { generatedRow } from './generated-rows.ts';

const LARGE_SAMPLES = 27_000;
const ROWS = process.argv.includes('--quick') ? 5000 : 50_000;
const folder = mkdtempSync(join(tmpdir(), 'touchstone-format-bench-'));
console.log(`${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, Node ${process.versions.node}`);
console.log(`${ROWS.toLocaleString('en')} records of each format\n`);

interface Generated {
  readonly prompt: string;
  readonly a: { readonly system: string; readonly text: string };
  readonly b: { readonly system: string; readonly text: string };
}

const turns = (prompt: string, answer: string) => [
  { role: 'user', content: prompt },
  { role: 'assistant', content: answer },
];

/** A record of a format that says what a generated row says. */
const RECORDS: Readonly<Record<string, (row: Generated, index: number) => unknown>> = {
  'fastchat-votes': ({ prompt, a, b }, index) => ({
    question_id: index,
    model_a: a.system,
    model_b: b.system,
    winner: 'model_a',
    judge: 'expert_1',
    conversation_a: turns(prompt, a.text),
    conversation_b: turns(prompt, b.text),
    turn: 1,
  }),
  'arena-battles': ({ prompt, a, b }, index) => ({
    question_id: `q${index}`,
    model_a: a.system,
    model_b: b.system,
    winner: 'tie (bothbad)',
    judge: 'arena_user_1',
    conversation_a: turns(prompt, a.text),
    conversation_b: turns(prompt, b.text),
    turn: 1,
    anony: true,
    language: 'English',
    tstamp: 1_700_000_000,
  }),
  'alpacaeval-annotations': ({ prompt, a, b }, index) => ({
    instruction: `${index} ${prompt}`,
    output_1: a.text,
    generator_1: a.system,
    output_2: b.text,
    generator_2: b.system,
    dataset: 'eval',
    annotator: 'judge',
    preference: 1.5,
  }),
  'alpacaeval-crossannotations': ({ prompt, a, b }, index) => ({
    instruction: `${index} ${prompt}`,
    output_1: a.text,
    output_2: b.text,
    preference: 2,
  }),
  preference: ({ prompt, a, b }, index) => ({
    prompt: `${index} ${prompt}`,
    chosen: a.text,
    rejected: b.text,
  }),
  kto: ({ prompt, a, b }, index) => ({
    prompt: `${index >> 1} ${prompt}`,
    completion: index % 2 === 0 ? a.text : b.text,
    label: index % 2 === 0,
  }),
  'label-studio': ({ prompt, a, b }, index) => ({
    id: index,
    data: { prompt, left: a.text, right: b.text, system_left: a.system, system_right: b.system },
    annotations: [
      {
        completed_by: 1,
        result: [{ from_name: 'pw', to_name: 'left', type: 'pairwise', value: { selected: 'left' } }],
      },
    ],
    predictions: [],
  }),
  argilla: ({ prompt, a, b }, index) => ({
    id: `r${index}`,
    fields: { prompt, response_1: a.text, response_2: b.text },
    metadata: { response_1_model: a.system, response_2_model: b.system },
    suggestions: {},
    responses: { better: [{ value: 'response_1', user_id: 'u1' }] },
  }),
  'alpacaeval-outputs': ({ prompt, a, b }, index) => ({
    instruction: `${Math.floor(index / 2)} ${prompt.slice(0, 12)}`,
    output: index % 2 === 0 ? a.text : b.text,
    generator: index % 2 === 0 ? 'm-1' : 'm-2',
  }),
  'lm-eval-samples': ({ prompt, a }, index) => ({
    doc_id: index,
    doc: { question: prompt },
    target: '42',
    arguments: { gen_args_0: { arg_0: prompt, arg_1: {} } },
    resps: [[a.text]],
    filter: 'none',
    doc_hash: `d${index}`,
    prompt_hash: `p${index}`,
  }),
  'fastchat-judgments': ({ a, b }, index) => ({
    question_id: index,
    model_1: 'm-1',
    model_2: 'm-2',
    g1_winner: 'model_1',
    g2_winner: 'tie',
    judge: ['gpt-4', 'pair-v2'],
    g1_user_prompt: a.text,
    g1_judgment: a.text,
    g2_user_prompt: b.text,
    g2_judgment: b.text,
    turn: 1,
    tstamp: 1_700_000_000,
  }),
  'fastchat-questions': ({ prompt }, index) => ({ question_id: index, category: 'math', turns: [prompt] }),
  'fastchat-answers': ({ a }, index) => ({
    question_id: index,
    answer_id: `x${index}`,
    model_id: 'm-1',
    choices: [{ index: 0, turns: [a.text] }],
    tstamp: 1,
  }),
  'fastchat-single': ({ a }, index) => ({
    question_id: index,
    model: 'm-1',
    judge: ['gpt-4', 'single-v1'],
    user_prompt: a.text,
    judgment: a.text,
    score: 7,
    turn: 1,
    tstamp: 1,
  }),
  'arena-hard-questions': ({ prompt }, index) => ({
    uid: `u${index}`,
    category: 'hard',
    subcategory: 'coding',
    prompt,
  }),
  'arena-hard-answers': ({ prompt, a }, index) => ({
    uid: `u${index}`,
    ans_id: 'x',
    model: 'm-1',
    messages: [
      { role: 'user', content: prompt },
      { role: 'assistant', content: { answer: a.text } },
    ],
    tstamp: 1,
  }),
  'arena-hard-judgments': ({ a, b }, index) => ({
    uid: `u${index}`,
    category: 'hard',
    judge: 'gpt-judge',
    model: 'm-2',
    baseline: 'm-1',
    games: [
      { score: 'A>B', judgment: { answer: a.text } },
      { score: 'B>>A', judgment: { answer: b.text } },
    ],
  }),
  'inspect-log': ({ prompt, a }, index) => ({
    id: index,
    epoch: 1,
    input: `${index} ${prompt}`,
    target: 'yes',
    messages: turns(prompt, a.text),
    output: {
      model: 'm-1',
      choices: [{ message: { role: 'assistant', content: a.text } }],
      completion: a.text,
    },
    scores: { graded: { value: 'C', answer: 'A', explanation: prompt } },
    metadata: {},
    attachments: {},
    events: [],
  }),
  'promptfoo-results': ({ prompt, a }, index) => ({
    promptIdx: 0,
    testIdx: index,
    testCase: { vars: { prompt } },
    provider: { id: 'openai:m-1', label: '' },
    prompt: { raw: prompt, label: 'plain' },
    vars: { prompt },
    response: { output: a.text },
    gradingResult: {
      pass: true,
      score: 1,
      componentResults: [{ pass: true, score: 1, reason: prompt, assertion: { type: 'llm-rubric' } }],
    },
  }),
  'openai-evals': ({ prompt, a }, index) => ({
    run_id: 'r',
    event_id: index,
    sample_id: `s.${index}`,
    type: 'sampling',
    data: { prompt: [{ role: 'user', content: `${index} ${prompt}` }], sampled: [a.text] },
    created_at: '2026-01-02 03:04:05',
  }),
  'langsmith-runs': ({ prompt, a }, index) => ({
    id: `r${index}`,
    inputs: { question: prompt },
    outputs: { output: a.text },
    reference_example_id: `e${index}`,
    session_id: 'exp-a',
  }),
  'langsmith-feedback': (_row, index) => ({
    id: `f${index}`,
    key: 'preference',
    run_id: `r${index}`,
    score: 1,
    created_at: '2026-01-02T03:04:05Z',
    feedback_group_id: `g${Math.floor(index / 2)}`,
    feedback_source: { type: 'app', user_name: 'ann' },
  }),
  'langfuse-traces': ({ prompt, a }, index) => ({
    id: `t${index}`,
    timestamp: '2026-01-02T03:04:05Z',
    input: { messages: [{ role: 'user', content: prompt }] },
    output: { role: 'assistant', content: a.text },
    userId: null,
  }),
  'langfuse-run-items': (_row, index) => ({
    datasetRunName: 'm-1',
    datasetItemId: `i${index}`,
    traceId: `t${index}`,
  }),
  'langfuse-dataset-items': ({ prompt, a }, index) => ({
    id: `i${index}`,
    input: prompt,
    expectedOutput: a.text,
    datasetName: 'd',
  }),
  'langfuse-scores': ({ prompt }, index) => ({
    id: `s${index}`,
    traceId: `t${index}`,
    name: 'good',
    dataType: 'NUMERIC',
    value: 0.5,
    source: 'EVAL',
    comment: prompt,
    timestamp: '2026-01-02T03:04:05Z',
  }),
  'prodigy-outputs': ({ prompt, a }, index) => ({
    id: index,
    input: { text: prompt },
    output: { text: a.text },
  }),
  'prodigy-choices': ({ prompt, a, b }, index) => ({
    text: prompt,
    _input_hash: index,
    _task_hash: index,
    _session_id: 'ann',
    answer: 'accept',
    accept: [a.system],
    options: [
      { id: a.system, text: a.text },
      { id: b.system, text: b.text },
    ],
  }),
};

/** Records that stand in a list of one large object. */
const IN_A_DOCUMENT: Readonly<
  Record<string, { readonly before: string; readonly path: string; readonly after: string }>
> = {
  'inspect-log': {
    before: '{"version": 2, "status": "success", "eval": {"task": "t", "model": "m-1"}, "samples": [\n',
    path: 'samples[]',
    after: ']}',
  },
};

/** Formats whose records are a whole study by themselves: the others need pairs, or another run. */
const WHOLE = new Set([
  'fastchat-votes',
  'arena-battles',
  'alpacaeval-annotations',
  'alpacaeval-crossannotations',
  'preference',
  'label-studio',
  'argilla',
  'alpacaeval-outputs',
  'prodigy-choices',
]);

async function seconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function readerOf(recognition: Recognition): (value: unknown) => unknown {
  const sha256 = (text: string) => hash('sha256', text);
  if (recognition.kind === 'run')
    return recognition.format.reader({ sha256, fileName: 'samples.jsonl', folderName: 'runs' });
  const reader = recognition.format.reader({
    sha256,
    systemsOf: () => ({ first: 'm-1', second: 'm-2' }),
    pairPattern: '{question_id}',
    numberVote: () => 1,
  });
  return (value) => reader.read(value);
}

/** A log of half a gigabyte, most of it messages and events. */
function largeLog(model: string): string {
  const path = join(folder, `${model}.json`);
  const file = openSync(path, 'w');
  const filler = 'word '.repeat(1800);
  writeSync(
    file,
    `{"version": 2, "status": "success", "eval": {"task": "t", "model": "${model}"}, "samples": [\n`,
  );
  for (let id = 0; id < LARGE_SAMPLES; id++) {
    const sample = {
      id,
      epoch: 1,
      input: `Question ${id}?`,
      target: 'x',
      messages: [{ role: 'user', content: filler }],
      output: { completion: `${model} ${id} ${filler.slice(0, 500)}` },
      scores: { graded: { value: id % 3 === 0 ? 'I' : 'C' } },
      events: [{ event: 'model', input: [], output: null, pad: filler }],
    };
    writeSync(file, `${id === 0 ? '' : ','}${JSON.stringify(sample)}\n`);
  }
  writeSync(file, ']}');
  closeSync(file);
  return path;
}

for (const [name, recordOf] of Object.entries(RECORDS)) {
  const document = IN_A_DOCUMENT[name];
  const path = join(folder, `${name}.${document === undefined ? 'jsonl' : 'json'}`);
  const lines = Array.from({ length: ROWS }, (_none, index) =>
    JSON.stringify(recordOf(generatedRow(index, 0) as unknown as Generated, index)),
  );
  writeFileSync(
    path,
    document === undefined ? lines.join('\n') : `${document.before}${lines.join(',\n')}${document.after}`,
  );
  const file = { path, name: basename(path) };
  const parse = await seconds(() => {
    const text = readFileSync(path, 'utf8');
    if (document !== undefined) JSON.parse(text);
    else for (const line of text.split('\n')) JSON.parse(line);
  });
  const first: unknown = JSON.parse(lines[0] ?? '');
  const [recognition] = recognise([document === undefined ? first : { [document.path]: first }]);
  if (recognition?.format.name !== name)
    throw new Error(`${name} is recognised as ${recognition?.format.name}`);
  const layout = await inspectFile(file);
  const read = await seconds(async () => {
    const take = readerOf(recognition);
    for await (const batch of readRecords(file, layout))
      for (const record of batch) if ('value' in record) take(record.value);
  });
  const storePath = join(folder, `${name}.sqlite`);
  (await openStore(storePath, systemClock)).close();
  const whole = WHOLE.has(name)
    ? await seconds(() =>
        runImport({
          files: [file],
          studyName: 'Bench',
          storePath,
          dryRun: false,
          nowMs: 1,
          newSeed: '0123456789abcdef',
          newStudyId: 'bench',
        }),
      )
    : null;
  const perSecond = (taken: number) =>
    Math.round(ROWS / taken)
      .toLocaleString('en')
      .padStart(9);
  console.log(
    `${name.padEnd(28)} read ${perSecond(read)} rows/s  ${(parse / read).toFixed(2)} of JSON.parse${
      whole === null ? '' : `   import ${perSecond(whole)} rows/s  ${(parse / whole).toFixed(2)}`
    }   ${Math.round(statSync(path).size / 1024 ** 2)} MiB`,
  );
}
if (process.argv.includes('--large')) {
  const logs = ['m-1', 'm-2'].map((model) => largeLog(model));
  const bytes = logs.reduce((sum, path) => sum + statSync(path).size, 0);
  const child = join(import.meta.dirname, 'import-child.ts');
  const { stdout, stderr } = spawnSync(process.execPath, [child, join(folder, 'large.sqlite'), ...logs], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const { ms, rows, peakMib } = JSON.parse(stdout) as { ms: number; rows: number; peakMib: number };
  console.log(
    `two Inspect logs of ${Math.round(bytes / 1024 ** 2)} MiB: ${rows} pairs in ${(ms / 1000).toFixed(1)} s, peak ${Math.round(peakMib)} MiB`,
  );
}

rmSync(folder, { recursive: true, force: true });
