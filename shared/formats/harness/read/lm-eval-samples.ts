/**
 * lm-evaluation-harness's `<model>/samples_<task>_<time>.jsonl` (`loggers/evaluation_tracker.py`): the model is the folder's
 * name, the task is in the file's. A sample is its task and number together with the hashes of document, prompt and target.
 * There is a row for each filter of a sample: all have the same reply, and metrics of their own. Log-likelihoods are no texts.
 */
import { z } from 'zod';
import type { TextHash } from '../../../json/content-hash.ts';
import { parseJson } from '../../../json/parse-json.ts';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import {
  type LeftOut,
  noPieces,
  pieces,
  piecesBy,
  type RunFormat,
  type RunPiece,
  type RunPieces,
  type Score,
} from './run-format.ts';
import { sliceOf } from './slice-of.ts';
import { type Asked, questionOfInput } from './traced-text.ts';
import { harmless, type IsHarmless } from './unread-fields.ts';

const name = z.string().min(1).max(200);

const sampleSchema = z.looseObject({
  doc_id: z.union([z.int(), name]).optional(),
  doc_hash: name,
  prompt_hash: name,
  target_hash: name.optional(),
  target: z.unknown().optional(),
  arguments: z.record(
    z.string(),
    z.looseObject({ arg_0: z.unknown().optional(), arg_2: z.unknown().optional() }),
  ),
  resps: z.array(z.unknown()).max(1000),
  filtered_resps: z.array(z.unknown()).max(1000).optional(),
  filter: name.optional(),
  metrics: z.array(name).max(1000).optional(),
});

type Row = z.output<typeof sampleSchema>;

/** The document, of which the prompt that is shown was made, and how a reply was drawn. What metrics gave is told by their names. */
const isBeside = harmless('doc', 'arguments.*.arg_1');
const isHarmless: IsHarmless = (path, record) =>
  isBeside(path, record) || (record as Partial<Row>).metrics?.includes(path) === true;

/** What the tool's own registry says is 1 for a right answer and 0 for a wrong one. Of other metrics a row says no direction. */
const PASSES = new Set(['exact_match', 'acc', 'acc_norm', 'acc_mutual_info', 'acc_bytes', 'acc_all']);

const FILE_NAME = /^samples_(.+?)(?:_\d{4}-\d\d-\d\dT[\d.-]+)?\.jsonl?$/u;

export const lmEvalSamples: RunFormat = {
  name: 'lm-eval-samples',
  title: 'lm-evaluation-harness samples of a run',
  tool: 'lm-evaluation-harness',
  joinedOn: 'task, doc_id, and the hashes of document, prompt and target',
  scores:
    'exact_match and acc are 1 or 0, and two that are 0 are both bad; of other metrics no direction is known',
  areTurnsNumbered: false,
  isOneRun: true,
  recognise: (record) =>
    'doc_hash' in record && 'prompt_hash' in record && 'resps' in record
      ? 'it has doc_hash, prompt_hash and resps'
      : null,
  runOfPath: (path) => {
    const [file, folder] = path.split(/[/\\]/u).reverse();
    return file !== undefined &&
      folder !== undefined &&
      FILE_NAME.test(file) &&
      !/^(?:\.{1,2})?$/u.test(folder)
      ? folder
      : null;
  },
  reader: ({ sha256, fileName }) => {
    const task = FILE_NAME.exec(fileName)?.[1] ?? '';
    const file = new SamplesFile(task, sha256);
    return piecesBy(sampleSchema, (row) => file.take(row), isHarmless);
  },
};

class SamplesFile {
  readonly #task: string;
  readonly #sha256: TextHash;
  /** Filters that were read of each sample. */
  readonly #seen = new Map<string, Set<string>>();

  constructor(task: string, sha256: TextHash) {
    this.#task = task;
    this.#sha256 = sha256;
  }

  take(row: Row): RunPieces {
    const sample = [this.#task, String(row.doc_id ?? row.doc_hash.slice(0, 12))]
      .filter((each) => each !== '')
      .join(' ');
    const [first] = row.resps;
    const reply = Array.isArray(first) ? (first[0] as unknown) : first;
    const asked = questionOf(row);
    if (asked === null || typeof reply !== 'string')
      return noPieces('samples without a generated text', sample);
    const asks = this.#sha256(JSON.stringify([row.doc_hash, row.prompt_hash, row.target_hash ?? '']));
    const key = `${sample.replace(' ', '/').slice(0, 160)}-${asks.slice(0, 16)}`;
    const filter = row.filter ?? 'none';
    const filters = this.#seen.get(key);
    if (filters?.has(filter)) return noPieces('rows that come again', sample);
    const [scores, unread] = scoresOf(row, key, filter);
    const leftOut: LeftOut[] = unread.map((what) => ({ what, sample }));
    if (filters !== undefined) {
      filters.add(filter);
      return scores.length === 0
        ? noPieces('further filters of a sample', sample)
        : { ok: true, pieces: scores, leftOut };
    }
    this.#seen.set(key, new Set([filter]));
    if (Array.isArray(first) && first.length > 1)
      leftOut.push({ what: 'further replies of a run to one sample', sample });
    if (row.resps.length > 1) leftOut.push({ what: 'further requests of a sample', sample });
    if (Object.values(row.arguments).some(({ arg_2 }) => arg_2 != null))
      leftOut.push({ what: 'pictures and sounds: they stand in no file of samples', sample });
    const said: RunPiece[] = [
      {
        kind: 'question',
        key,
        before: asked.before,
        turns: [asked.last],
        slices: sliceOf('task', this.#task),
        reference: typeof row.target === 'string' && row.target !== '' ? row.target : null,
      },
      {
        kind: 'answer',
        key,
        sample,
        asks,
        run: null,
        turns: [reply],
        ...(row.doc_id === undefined ? {} : { meta: { doc_id: String(row.doc_id) } }),
      },
      ...scores,
    ];
    return { ...pieces(...said), leftOut };
  }
}

/** What was asked: a text, or a chat as JSON. */
function questionOf({ arguments: given }: Row): Asked | null {
  const [request] = Object.values(given);
  const prompt: unknown = Array.isArray(request?.arg_0) ? request.arg_0[0] : request?.arg_0;
  if (typeof prompt !== 'string' || prompt.length > MAX_TEXT_LENGTH) return null;
  if (!/^\s*\[\s*\{\s*"(?:role|content)"/u.test(prompt)) return { before: [], last: prompt };
  try {
    const asked = questionOfInput(parseJson(prompt));
    return asked !== null && asked.last !== '' ? asked : { before: [], last: prompt };
  } catch {
    return { before: [], last: prompt };
  }
}

/** Metrics that say whether the answer is right, and what is passed over. */
function scoresOf(row: Row, key: string, filter: string): [Score[], string[]] {
  const unread: string[] = [];
  const [taken] = (row.filtered_resps ?? []).flat(1);
  const scores = (row.metrics ?? []).flatMap((metric): Score[] => {
    const value = row[metric];
    const number = typeof value === 'boolean' ? Number(value) : value;
    if (!PASSES.has(metric) || (number !== 0 && number !== 1)) {
      unread.push(`values of ${metric.slice(0, 60)}: no row says which is better`);
      return [];
    }
    return [
      {
        kind: 'score',
        of: { key, run: null },
        by: { judge: filter === 'none' ? metric : `${metric} · ${filter}` },
        group: null,
        score: number,
        scale: 'pass',
        // What the filter took for the answer says why it scored so.
        ...(typeof taken === 'string' ? { raw: `Answer: ${taken}` } : {}),
      },
    ];
  });
  return [scores, unread];
}
