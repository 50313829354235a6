/** Answers of several runs, put side by side: samples that two runs share become comparisons. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type {
  Answer,
  Link,
  Question,
  RunFormat,
  RunPiece,
  Score,
} from '../../../shared/formats/harness/run-format.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import { Store } from '../store/database.ts';
import type { StagedPlace, StagedRecord, Unmatched } from './staged-record.ts';
import { type SayingsOnPair, StagedScores } from './staged-scores.ts';

interface StagedAnswer extends StagedPlace {
  readonly address: string;
  readonly run: string;
  readonly variant: string;
  /** Of the system: the run, and its variant where it has several. */
  readonly name: string;
  readonly turns: string;
  readonly meta: string | null;
  readonly position: number | null;
  readonly numbered: number;
}

interface StagedQuestion {
  readonly key: string;
  readonly before: string;
  readonly turns: string;
  readonly slices: string;
  readonly reference: string | null;
  /** A list of those of the turns, where they have their own. */
  readonly turnReferences: string | null;
}

/** Gathers what runs say on disk, however much it is, until all files are read. */
export class RunStage {
  readonly #folder: string;
  readonly #store: Store;
  readonly #scores: StagedScores;
  #furtherAnswers = 0;

  constructor() {
    this.#folder = makePrivateFolder('runs');
    this.#store = new Store(join(this.#folder, 'runs.sqlite'), { readonly: false });
    this.#store.pragma('synchronous = OFF');
    this.#store.execute(
      `CREATE TABLE questions (key TEXT PRIMARY KEY, before TEXT, turns TEXT, slices TEXT, reference TEXT,
         turn_references TEXT) STRICT, WITHOUT ROWID;
       CREATE TABLE answers (address TEXT PRIMARY KEY, id TEXT, key TEXT, run TEXT, variant TEXT, turns TEXT, meta TEXT,
         position INTEGER, numbered INTEGER, awaits INTEGER, file TEXT, line INTEGER) STRICT;
       CREATE INDEX answers_by_key ON answers (key);
       CREATE INDEX answers_by_id ON answers (id) WHERE id IS NOT NULL;
       CREATE TABLE links (id TEXT PRIMARY KEY, key TEXT, run TEXT) STRICT, WITHOUT ROWID;
       BEGIN`,
    );
    this.#scores = new StagedScores(this.#store);
  }

  /** Takes what a record of a run's file says. Returns what is wrong with it, if anything is. */
  take(
    piece: RunPiece,
    format: Pick<RunFormat, 'areTurnsNumbered'>,
    place: StagedPlace & { readonly run: string },
  ): string | undefined {
    switch (piece.kind) {
      case 'question':
        return this.#takeQuestion(piece);
      case 'answer':
        return this.#takeAnswer(piece, format, place);
      case 'link':
        return this.#takeLink(piece);
      case 'score':
        return this.#takeScore(piece, place);
    }
  }

  #takeQuestion({
    key,
    before = [],
    turns,
    instead,
    slices,
    reference,
    references,
  }: Question): string | undefined {
    const asked = [JSON.stringify(before), JSON.stringify(turns)] as const;
    const known = this.#store
      .query<{ before: string; turns: string }>('SELECT before, turns FROM questions WHERE key = ?')
      .get(key);
    if (known === undefined) {
      this.#store.run(
        'INSERT INTO questions (key, before, turns, slices, reference, turn_references) VALUES (?, ?, ?, ?, ?, ?)',
        key,
        ...asked,
        JSON.stringify(slices),
        reference,
        references === undefined ? null : JSON.stringify(references),
      );
      return undefined;
    }
    if (known.before === asked[0] && known.turns === asked[1]) return undefined;
    if (instead === undefined) return 'is another question than this sample had before';
    this.#store.run(
      "UPDATE questions SET before = '[]', turns = ? WHERE key = ?",
      JSON.stringify([instead]),
      key,
    );
    return undefined;
  }

  #takeAnswer(
    { key, run: given, variant: named, id, awaitsLink, turns, meta, place: position }: Answer,
    { areTurnsNumbered }: Pick<RunFormat, 'areTurnsNumbered'>,
    { file, line, run: fileRun }: StagedPlace & { readonly run: string },
  ): string | undefined {
    const run = given ?? fileRun;
    const variant = awaitsLink ? id : named;
    const { changes } = this.#store.run(
      `INSERT INTO answers (address, id, key, run, variant, turns, meta, position, numbered, awaits, file, line)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      addressOf(key, run, variant),
      id ?? null,
      key,
      run,
      variant ?? '',
      JSON.stringify(turns),
      meta === undefined ? null : JSON.stringify(meta),
      position ?? null,
      areTurnsNumbered ? 1 : 0,
      awaitsLink ? 1 : 0,
      file,
      line,
    );
    return changes === 0 ? `${JSON.stringify(run)} has answered this sample before` : undefined;
  }

  #takeLink({ id, key, run }: Link): string | undefined {
    const { changes } = this.#store.run(
      'INSERT INTO links (id, key, run) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      id,
      key,
      run,
    );
    if (changes > 0) return undefined;
    const same = this.#store.run(
      'UPDATE links SET run = coalesce(run, ?) WHERE id = ? AND key = ? AND coalesce(run, ?) IS coalesce(?, run)',
      run,
      id,
      key,
      run,
      run,
    );
    return same.changes === 0 ? 'this answer was given to another sample or run before' : undefined;
  }

  #takeScore(score: Score, place: StagedPlace & { readonly run: string }): undefined {
    const { of } = score;
    const address = 'id' in of ? null : addressOf(of.key, of.run ?? place.run, of.variant);
    this.#scores.take(score, address, place);
  }

  /** Names of all runs, in order. */
  get runs(): string[] {
    return this.#store
      .query<{ run: string }>('SELECT DISTINCT run FROM answers ORDER BY run')
      .all()
      .map(({ run }) => run);
  }

  /** Sends every answer to the sample and the run that it is linked to, and every score to its answer; once, when all is read. */
  settle(): void {
    const waiting = this.#store.query<{
      address: string;
      key: string;
      run: string;
      linkedKey: string | null;
      linkedRun: string | null;
    }>(
      `SELECT a.address AS address, a.key AS key, a.run AS run, l.key AS linkedKey, l.run AS linkedRun
       FROM answers a LEFT JOIN links l ON l.id = a.id WHERE a.awaits = 1 ORDER BY a.rowid`,
    );
    for (const { address, key, run, linkedKey, linkedRun } of waiting.all())
      this.#move(address, key, linkedKey ?? key, linkedRun ?? run);
    this.#scores.settle();
  }

  /** The question goes along; an answer whose place is taken is left out. */
  #move(address: string, asked: string, key: string, run: string): void {
    this.#store.run(
      `INSERT INTO questions (key, before, turns, slices, reference, turn_references)
       SELECT ?, before, turns, slices, reference, turn_references FROM questions WHERE key = ? ON CONFLICT DO NOTHING`,
      key,
      asked,
    );
    const { changes } = this.#store.run(
      "UPDATE OR IGNORE answers SET address = ?, key = ?, run = ?, variant = '' WHERE address = ?",
      addressOf(key, run, undefined),
      key,
      run,
      address,
    );
    if (changes === 0) {
      this.#store.run('DELETE FROM answers WHERE address = ?', address);
      this.#furtherAnswers++;
    }
    this.#store.run(
      'DELETE FROM questions WHERE key = ? AND NOT EXISTS (SELECT 1 FROM answers WHERE key = ?)',
      asked,
      asked,
    );
  }

  /** The comparisons: every two runs that answered a sample, and every turn both answered, in the order of the files. */
  *pairs(): Generator<StagedRecord> {
    const samples = this.#store.query<StagedQuestion>(
      `SELECT q.key AS key, q.before AS before, q.turns AS turns, q.slices AS slices, q.reference AS reference,
         q.turn_references AS turnReferences
       FROM questions q JOIN (SELECT key, min(rowid) AS first FROM answers GROUP BY key HAVING count(*) > 1) a ON a.key = q.key
       ORDER BY a.first`,
    );
    const answersTo = this.#store.query<Omit<StagedAnswer, 'name'>>(
      'SELECT address, run, variant, turns, meta, position, numbered, file, line FROM answers WHERE key = ?',
    );
    const ambiguous = new Set(
      this.#store
        .query<{ run: string }>('SELECT run FROM answers GROUP BY run HAVING count(DISTINCT variant) > 1')
        .all()
        .map(({ run }) => run),
    );
    const named = (answer: Omit<StagedAnswer, 'name'>): StagedAnswer => ({
      ...answer,
      name: ambiguous.has(answer.run) ? `${answer.run} · ${answer.variant}` : answer.run,
    });
    for (const sample of samples.iterate()) {
      const answers = answersTo.all(sample.key).map(named);
      answers.sort((one, other) => (one.name < other.name ? -1 : 1));
      for (const [index, first] of answers.entries())
        for (const second of answers.slice(index + 1)) yield* this.#turnsOf(sample, first, second);
    }
  }

  *#turnsOf(sample: StagedQuestion, first: StagedAnswer, second: StagedAnswer): Generator<StagedRecord> {
    const [questions, one, two] = [sample.turns, first.turns, second.turns].map(
      (turns) => JSON.parse(turns) as string[],
    ) as [string[], string[], string[]];
    const before = JSON.parse(sample.before) as Conversation;
    const slices = JSON.parse(sample.slices) as Record<string, string>;
    const references =
      sample.turnReferences === null ? null : (JSON.parse(sample.turnReferences) as string[]);
    const isNumbered = first.numbered === 1;
    const last = Math.min(questions.length, one.length, two.length);
    for (let turn = 1; turn <= last; turn++) {
      const outputOf = (answer: StagedAnswer, answers: readonly string[]) => ({
        system: answer.name,
        messages: answers
          .slice(0, turn)
          .flatMap((content, index) => [
            ...(index === 0 ? [] : [{ role: 'user', content: questions[index] }]),
            { role: 'assistant', content },
          ]),
        ...(answer.meta === null ? {} : { meta: JSON.parse(answer.meta) as unknown }),
      });
      const reference = references === null ? sample.reference : (references[turn - 1] ?? null);
      const said: SayingsOnPair = this.#scores.on(first, second, isNumbered ? turn : null);
      yield {
        file: first.file,
        line: first.line,
        record: {
          id: `${sample.key}${isNumbered ? `/${turn}` : ''}/${first.name}/${second.name}`,
          messages: [...before, { role: 'user', content: questions[0] }],
          ...(reference === null || reference === '' ? {} : { reference }),
          a: outputOf(first, one),
          b: outputOf(second, two),
          slices: isNumbered ? { ...slices, turn: String(turn) } : slices,
          ...said,
        },
      };
    }
  }

  /** Verdicts on comparisons that no file here holds: votes as native records, where the pair is stored. */
  verdictsOnStored(isStored: (id: string) => boolean): Generator<StagedRecord> {
    return this.#scores.onStored(isStored);
  }

  /** What found no counterpart, with the first few samples by name. */
  unmatched(): Unmatched[] {
    const counted = (what: string, sql: string): Unmatched[] => {
      const { count = 0 } =
        this.#store.query<{ count: number }>(`SELECT count(*) AS count FROM (${sql})`).get() ?? {};
      if (count === 0) return [];
      const listed = this.#store.query<{ key: string }>(`${sql} LIMIT 5`).all();
      const names = listed.map(({ key }) => key).join(', ');
      return [{ what: `${what}: ${names}${count > 5 ? ' …' : ''}`, records: count }];
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
      ...counted(
        'links to answers that are in no file',
        'SELECT id AS key FROM links WHERE id NOT IN (SELECT id FROM answers WHERE id IS NOT NULL)',
      ),
      ...(this.#furtherAnswers === 0
        ? []
        : [{ what: 'further answers of a run to one sample', records: this.#furtherAnswers }]),
      ...this.#scores.unmatched(),
    ];
  }

  close(): void {
    this.#store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function addressOf(key: string, run: string, variant: string | undefined): string {
  return JSON.stringify([key, run, variant ?? '']);
}
