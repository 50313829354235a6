/** Whatever is done to a file of another tool: an error with a place, or rows; never a crash, and no record without a word. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { ServiceError } from '../../shared/errors/errors.ts';
import { HARNESS_FORMATS } from '../../shared/formats/harness/read/harness-formats.ts';
import { RUN_FORMATS } from '../../shared/formats/harness/read/run-formats.ts';
import { comparisonSchema } from '../../shared/formats/own/native.ts';
import { textSha256 } from '../../shared/json/content-hash.ts';
import { parseJson } from '../../shared/json/parse-json.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

const FOLDER = join(import.meta.dirname, 'fixtures');
const MUTATIONS = tries(500, 5000);
const FILES = tries(8, 40);

/** Values that nobody expects where they come to stand. */
const STRANGE: readonly unknown[] = [
  null,
  '',
  '\u0000',
  '\ud800',
  'tie',
  'model_a',
  ' '.repeat(5000),
  '__proto__',
  0,
  -1,
  1.5,
  1e308,
  true,
  [],
  {},
  [[]],
  [null],
  { role: 'user', content: 'x' },
  [{ role: 'assistant', content: '' }],
  { toString: 1, length: -1 },
  { length: { toString: 1 } },
];

function recordsOf(format: string): unknown[] {
  return readdirSync(join(FOLDER, format))
    .filter((name) => !name.includes('.expected.'))
    .flatMap((name) => {
      const text = readFileSync(join(FOLDER, format, name), 'utf8');
      if (text.startsWith('[')) return parseJson(text) as unknown[];
      return text
        .trim()
        .split('\n')
        .map((line) => parseJson(line));
    });
}

/** A copy in which one place, however deep, holds something else, is gone, or is doubled. */
function mutated(value: unknown, random: ReturnType<typeof seededRandom>): unknown {
  if (value === null || typeof value !== 'object' || random.below(5) === 0)
    return STRANGE[random.below(STRANGE.length)];
  const entries = Object.entries(value);
  const [key] = entries[random.below(Math.max(1, entries.length))] ?? [];
  if (key === undefined) return STRANGE[random.below(STRANGE.length)];
  const inner = (value as Record<string, unknown>)[key];
  const kind = random.below(6);
  if (Array.isArray(value)) {
    const at = Number(key);
    if (kind === 0) return value.toSpliced(at, 1);
    if (kind === 1) return value.toSpliced(at, 0, inner);
    return value.with(at, mutated(inner, random));
  }
  if (kind === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return { ...value, [key]: mutated(inner, random) };
}

describe.each(HARNESS_FORMATS)('$name', (format) => {
  it('answers to any record with rows, with why there is none, or with what is wrong where', () => {
    const records = recordsOf(format.name);
    const random = seededRandom(`fuzz ${format.name}`);
    const found = { rows: 0, leftOut: 0, problems: 0 };
    const opened = () =>
      format.reader({
        sha256: textSha256,
        systemsOf: () => ({ first: 'apple-7b', second: 'zebra-7b' }),
        pairPattern: '{question_id}',
        numberVote: () => 1,
      });
    let { read, warnings } = opened();
    for (let count = 0; count < MUTATIONS; count++) {
      // A file of its own now and then: within one, readers count what they have met before.
      if (count % 20 === 0) ({ read, warnings } = opened());
      let record = records[count % records.length];
      for (let times = random.below(3); times >= 0; times--) record = mutated(record, random);
      const result = read(record);
      if (!result.ok) {
        found.problems++;
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { field, reason } of result.problems) {
          expect(field).not.toBe('');
          expect(reason).not.toBe('');
        }
      } else if (result.rows.length > 0) {
        found.rows++;
        // What was taken for plain by hand is what the schema makes of it.
        for (const { kind, row } of result.rows)
          if (kind === 'comparison') expect(comparisonSchema.parse(row)).toEqual(row);
      } else {
        found.leftOut++;
        // A completion with a label waits for one of the other.
        if (format.name !== 'kto') expect(result.leftOut ?? '').not.toBe('');
      }
    }
    expect(warnings?.() ?? []).toBeInstanceOf(Array);
    // Of completions with labels two make a row, and most of one record have its label.
    expect(found.rows).toBeGreaterThan(MUTATIONS / (format.name === 'kto' ? 1000 : 50));
    expect(found.problems).toBeGreaterThan(MUTATIONS / 50);
    expect(found.rows + found.leftOut + found.problems).toBe(MUTATIONS);
  });

  it('imports a damaged file whole or not at all, and names file and line', async () => {
    const { storePath, value } = await openTestApp();
    const random = seededRandom(`files ${format.name}`);
    const folder = temporaryFolder();
    const records = recordsOf(format.name);
    let refused = 0;
    for (let count = 0; count < FILES; count++) {
      const lines = records.map((record) => JSON.stringify(record));
      const at = random.below(lines.length);
      const bytes = Buffer.from(lines[at] ?? '', 'utf8');
      bytes[random.below(bytes.length)] = random.below(256);
      const name = `damaged-${count}.jsonl`;
      writeFileSync(
        join(folder, name),
        Buffer.concat(
          [...lines.map((line, index) => (index === at ? bytes : Buffer.from(line)))].flatMap((line) => [
            line,
            Buffer.from('\n'),
          ]),
        ),
      );
      try {
        await runImport({
          files: [{ path: join(folder, name), name }],
          studyName: `Study ${count}`,
          storePath,
          dryRun: false,
          format: format.name,
          nowMs: 1,
          newSeed: '0123456789abcdef',
          newStudyId: `study-${count}`,
        });
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        refused++;
        expect(error.code).toBe('import_failed');
        expect(error.message).toContain(`${name}, line `);
        expect((await value('studies.list', {})).map((study) => study.name)).not.toContain(`Study ${count}`);
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});

/** A record of each kind of run file. */
const RUN_RECORDS: Readonly<Record<string, unknown>> = {
  'alpacaeval-outputs': { instruction: 'Name a tree.', output: 'Oak.', generator: 'm-1', dataset: 'eval' },
  'fastchat-questions': {
    question_id: 81,
    category: 'math',
    turns: ['How far?', 'In km?'],
    reference: ['384,400'],
  },
  'fastchat-answers': {
    question_id: 81,
    model_id: 'm-1',
    choices: [{ index: 0, turns: ['Far.', '384,400.'] }],
  },
  'arena-hard-questions': { uid: 'u1', category: 'hard', subcategory: 'coding', prompt: 'Why?' },
  'arena-hard-answers': {
    uid: 'u1',
    model: 'm-1',
    messages: [
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: { answer: 'Because.' } },
    ],
  },
  'lm-eval-samples': {
    doc_hash: 'd',
    prompt_hash: 'p',
    target: '42',
    arguments: { gen_args_0: { arg_0: 'Q', arg_1: {} } },
    resps: [['one']],
    filter: 'none',
  },
  'fastchat-single': {
    question_id: 81,
    model: 'm-1',
    judge: ['gpt-judge', 'single-v1'],
    judgment: '[[7]]',
    score: 7,
    turn: 1,
    tstamp: 17,
  },
  'inspect-log': {
    'samples[]': {
      id: 1,
      epoch: 1,
      input: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Why?' },
      ],
      target: 'Because',
      output: { completion: 'So.', choices: [{ message: { role: 'assistant', content: 'So.' } }] },
      scores: {
        graded: {
          value: 'C',
          explanation: 'x',
          history: [{ value: 'I' }, { value: 'C', provenance: { author: 'ann' } }],
        },
        rubric: { value: { clear: 1 } },
      },
      attachments: { a: 'b' },
      events: [{ event: 'model', input_refs: [[0, 1]] }],
      events_data: { messages: [] },
    },
  },
  'promptfoo-results': {
    testIdx: 0,
    promptIdx: 1,
    provider: { id: 'openai:a', label: '' },
    prompt: { raw: 'Why?', label: 'why' },
    vars: { kind: 'oak' },
    response: { output: 'So.' },
    gradingResult: {
      componentResults: [
        { pass: true, score: 1, reason: 'x', assertion: { type: 'llm-rubric', metric: 'm' } },
        { pass: false, assertion: { type: 'human' } },
      ],
    },
  },
  'openai-evals': {
    run_id: 'r',
    event_id: 0,
    sample_id: 's.0',
    type: 'sampling',
    data: { prompt: [{ role: 'user', content: 'Why?' }], sampled: ['So.'] },
  },
  'langsmith-runs': {
    id: 'r1',
    inputs: { question: 'Why?' },
    outputs: { output: 'So.' },
    reference_example_id: 'e1',
    session_id: 'x',
  },
  'langsmith-feedback': {
    key: 'preference',
    run_id: 'r1',
    score: 1,
    comment: 'x',
    created_at: '2026-01-02T03:04:05Z',
    feedback_group_id: 'g',
    feedback_source: { type: 'app', user_name: 'ann', metadata: {} },
  },
  'langfuse-traces': {
    id: 't1',
    timestamp: '2026-01-02T03:04:05Z',
    input: { messages: [{ role: 'user', content: 'Why?' }] },
    output: { role: 'assistant', content: 'So.' },
    userId: null,
  },
  'langfuse-run-items': { datasetRunName: 'a', datasetItemId: 'i1', traceId: 't1' },
  'langfuse-dataset-items': {
    id: 'i1',
    input: { question: 'x' },
    expectedOutput: 'y',
    datasetName: 'd',
  },
  'langfuse-experiment-items': {
    traceId: 't1',
    experimentName: 'a',
    experimentItemId: 'i1',
    input: 'q',
    output: 'a',
    expectedOutput: 'b',
    scores: [
      { name: 'n', source: 'EVAL', dataType: 'NUMERIC', value: 1, subject: { kind: 'trace', id: 't1' } },
    ],
  },
  'langfuse-scores': {
    traceId: 't1',
    name: 'good',
    dataType: 'NUMERIC',
    value: 0.5,
    source: 'EVAL',
    comment: 'x',
    timestamp: '2026-01-02T03:04:05Z',
    metadata: { by: 'gpt' },
  },
  'prodigy-outputs': { id: 1, input: { text: 'Why?' }, output: { text: 'So.' } },
};

describe.each(RUN_FORMATS)('$name', (format) => {
  it('answers to any record with pieces, with why there is none, or with what is wrong where', () => {
    const random = seededRandom(`fuzz ${format.name}`);
    const found = { pieces: 0, leftOut: 0, problems: 0 };
    for (let count = 0; count < MUTATIONS; count++) {
      let record = RUN_RECORDS[format.name];
      expect(format.recognise(record as Record<string, unknown>)).not.toBeNull();
      for (let times = random.below(3); times >= 0; times--) record = mutated(record, random);
      const result = format.reader({ sha256: textSha256, fileName: 'samples.jsonl', folderName: 'runs' })(
        record,
      );
      if (!result.ok) {
        found.problems++;
        expect(result.problems.every(({ field, reason }) => field !== '' && reason !== '')).toBe(true);
      } else if (result.pieces.length > 0) {
        found.pieces++;
        for (const piece of result.pieces)
          if (piece.kind === 'question' || piece.kind === 'answer')
            expect(piece.turns.length).toBeGreaterThan(0);
      } else {
        found.leftOut++;
        expect(result.leftOut ?? '').not.toBe('');
      }
    }
    expect(found.pieces).toBeGreaterThan(MUTATIONS / 50);
    expect(found.problems).toBeGreaterThan(MUTATIONS / 50);
  });
});
