/** Answers of several runs, put side by side: samples that two runs share become comparisons. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, Question, RunFormat } from '../../../shared/formats/harness/run-format.ts';
import { Store } from '../store/database.ts';

/** A sample of two runs, as a native record; `line` is where the first of the two answers stands. */
export interface StagedPair {
  readonly file: string;
  readonly line: number;
  readonly record: Readonly<Record<string, unknown>>;
}

export interface Unmatched {
  readonly what: string;
  readonly records: number;
}

interface StagedAnswer {
  readonly key: string;
  readonly run: string;
  readonly turns: string;
  readonly file: string;
  readonly line: number;
}

/** Gathers answers on disk, however many there are, until all files are read. */
export class RunStage {
  readonly #folder: string;
  readonly #store: Store;
  #areTurnsNumbered = false;
  #runs = new Set<string>();

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'touchstone-runs-'));
    this.#store = new Store(join(this.#folder, 'runs.sqlite'), { readonly: false });
    this.#store.pragma('synchronous = OFF');
    this.#store.execute(
      `CREATE TABLE questions (key TEXT PRIMARY KEY, turns TEXT, slices TEXT, reference TEXT) STRICT, WITHOUT ROWID;
       CREATE TABLE answers (key TEXT, run TEXT, turns TEXT, file TEXT, line INTEGER, PRIMARY KEY (key, run)) STRICT;
       BEGIN`,
    );
  }

  /** Takes what a record of a run's file says. Returns what is wrong with it, if anything is. */
  take(
    piece: Question | Answer,
    { areTurnsNumbered }: RunFormat,
    place: { readonly file: string; readonly line: number; readonly run: string },
  ): string | undefined {
    this.#areTurnsNumbered ||= areTurnsNumbered;
    if (piece.kind === 'question') return this.#takeQuestion(piece);
    const run = piece.run ?? place.run;
    this.#runs.add(run);
    const { changes } = this.#store.run(
      'INSERT INTO answers (key, run, turns, file, line) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      piece.key,
      run,
      JSON.stringify(piece.turns),
      place.file,
      place.line,
    );
    return changes === 0 ? `${JSON.stringify(run)} has answered this sample before` : undefined;
  }

  #takeQuestion({ key, turns, slices, reference }: Question): string | undefined {
    const text = JSON.stringify(turns);
    const known = this.#store.query<{ turns: string }>('SELECT turns FROM questions WHERE key = ?').get(key);
    if (known !== undefined)
      return known.turns === text ? undefined : 'is another question than this sample had before';
    this.#store.run(
      'INSERT INTO questions (key, turns, slices, reference) VALUES (?, ?, ?, ?)',
      key,
      text,
      JSON.stringify(slices),
      reference,
    );
    return undefined;
  }

  /** Names of all runs, in order. */
  get runs(): string[] {
    return [...this.#runs].sort();
  }

  /** The comparisons: every two runs that answered a sample, and every turn both answered, in the order of the files. */
  *pairs(): Generator<StagedPair> {
    const samples = this.#store.query<{
      key: string;
      turns: string;
      slices: string;
      reference: string | null;
    }>(
      `SELECT q.key AS key, q.turns AS turns, q.slices AS slices, q.reference AS reference FROM questions q
       JOIN (SELECT key, min(rowid) AS first FROM answers GROUP BY key HAVING count(*) > 1) a ON a.key = q.key ORDER BY a.first`,
    );
    for (const sample of samples.iterate()) {
      const answers = this.#store
        .query<StagedAnswer>('SELECT key, run, turns, file, line FROM answers WHERE key = ? ORDER BY run')
        .all(sample.key);
      for (const [index, first] of answers.entries())
        for (const second of answers.slice(index + 1)) yield* this.#turnsOf(sample, first, second);
    }
  }

  *#turnsOf(
    sample: {
      readonly key: string;
      readonly turns: string;
      readonly slices: string;
      readonly reference: string | null;
    },
    first: StagedAnswer,
    second: StagedAnswer,
  ): Generator<StagedPair> {
    const [questions, one, two] = [sample.turns, first.turns, second.turns].map(
      (turns) => JSON.parse(turns) as string[],
    ) as [string[], string[], string[]];
    const slices = JSON.parse(sample.slices) as Record<string, string>;
    const last = Math.min(questions.length, one.length, two.length);
    for (let turn = 1; turn <= last; turn++) {
      const outputOf = (answers: readonly string[]) =>
        answers
          .slice(0, turn)
          .flatMap((content, index) => [
            ...(index === 0 ? [] : [{ role: 'user', content: questions[index] }]),
            { role: 'assistant', content },
          ]);
      const number = this.#areTurnsNumbered ? `/${turn}` : '';
      yield {
        file: first.file,
        line: first.line,
        record: {
          id: `${sample.key}${number}/${first.run}/${second.run}`,
          messages: [{ role: 'user', content: questions[0] }],
          ...(sample.reference === null ? {} : { reference: sample.reference }),
          a: { system: first.run, messages: outputOf(one) },
          b: { system: second.run, messages: outputOf(two) },
          slices: this.#areTurnsNumbered ? { ...slices, turn: String(turn) } : slices,
        },
      };
    }
  }

  /** What found no counterpart, with the first few samples by name. */
  unmatched(): Unmatched[] {
    const listed = (sql: string) =>
      this.#store
        .query<{ key: string }>(`${sql} LIMIT 5`)
        .all()
        .map(({ key }) => key)
        .join(', ');
    const counted = (what: string, sql: string): Unmatched[] => {
      const { count = 0 } =
        this.#store.query<{ count: number }>(`SELECT count(*) AS count FROM (${sql})`).get() ?? {};
      return count === 0 ? [] : [{ what: `${what}: ${listed(sql)}${count > 5 ? ' …' : ''}`, records: count }];
    };
    return [
      ...counted(
        'samples that one run alone answered',
        'SELECT key FROM answers GROUP BY key HAVING count(*) = 1',
      ),
      ...counted(
        'questions that nobody answered',
        'SELECT key FROM questions WHERE key NOT IN (SELECT key FROM answers)',
      ),
      ...counted(
        'answers to questions that are in no file',
        'SELECT DISTINCT key FROM answers WHERE key NOT IN (SELECT key FROM questions)',
      ),
    ];
  }

  close(): void {
    this.#store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
