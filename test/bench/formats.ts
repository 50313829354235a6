/**
 * `npm run bench:formats`: how fast files of other tools are read, beside a plain `JSON.parse` of the same lines in the same
 * run. `read` is recognising, checking and turning into native rows; `import` is all of it, into a new store. Nothing here
 * asserts.
 */
import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectFile } from '../../electron/core/imports/inspect-file.ts';
import { readRecords } from '../../electron/core/imports/read-records.ts';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { openStore } from '../../electron/core/store/open-store.ts';
import { systemClock } from '../../electron/core/system-ports.ts';
import { type Recognition, recognised } from '../../shared/formats/harness/harness-formats.ts';
import { generatedRow } from './generated-rows.ts';

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
};

async function seconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function readerOf(recognition: Recognition): (value: unknown) => unknown {
  const sha256 = (text: string) => hash('sha256', text);
  if (recognition.kind === 'run') return recognition.format.reader({ sha256 });
  const reader = recognition.format.reader({
    sha256,
    systemsOf: () => undefined,
    pairPattern: '{question_id}',
  });
  return (value) => reader.read(value);
}

for (const [name, recordOf] of Object.entries(RECORDS)) {
  const path = join(folder, `${name}.jsonl`);
  const lines = Array.from({ length: ROWS }, (_none, index) =>
    JSON.stringify(recordOf(generatedRow(index, 0) as unknown as Generated, index)),
  );
  writeFileSync(path, lines.join('\n'));
  const file = { path, name: `${name}.jsonl` };
  const parse = await seconds(() => {
    for (const line of readFileSync(path, 'utf8').split('\n')) JSON.parse(line);
  });
  const [recognition] = recognised([JSON.parse(lines[0] ?? '')]);
  if (recognition?.format.name !== name)
    throw new Error(`${name} is recognised as ${recognition?.format.name}`);
  const { format, bytes } = await inspectFile(file);
  const read = await seconds(async () => {
    const take = readerOf(recognition);
    for await (const batch of readRecords(file, format, bytes, () => undefined))
      for (const record of batch) if ('value' in record) take(record.value);
  });
  const storePath = join(folder, `${name}.sqlite`);
  (await openStore(storePath, systemClock)).close();
  const isImported = name !== 'lm-eval-samples';
  const whole = isImported
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
rmSync(folder, { recursive: true, force: true });
