/** Answers of several runs, put side by side: samples that two runs share become comparisons. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Answer,
  Link,
  Question,
  RunFormat,
  RunPiece,
  Score,
} from '../../../../shared/formats/harness/read/run-format.ts';
import type { Conversation } from '../../../../shared/study/conversation.ts';
import { makePrivateFolder } from '../../files/private-folder.ts';
import { ScratchStore } from '../engine/database.ts';
import { NamedCount } from './named-count.ts';
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
  readonly sample: string;
  readonly facts: string | null;
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
  readonly #store: ScratchStore;
  readonly #scores: StagedScores;
  #furtherAnswers = 0;
  /** Samples of one name that are two by what else is known of them. */
  readonly #toldApart = new NamedCount();
  /** References for questions that are in no file, and those that differ from one given before. */
  readonly #lostReferences = new NamedCount();
  readonly #otherReferences = new NamedCount();
  readonly #replacedReferences = new NamedCount();

  constructor() {
    this.#folder = makePrivateFolder('runs');
    this.#store = new ScratchStore(
      join(this.#folder, 'runs.sqlite'),
      `CREATE TABLE questions (key TEXT PRIMARY KEY, before TEXT, turns TEXT, slices TEXT, reference TEXT,
         turn_references TEXT, reworded INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
       CREATE TABLE answers (address TEXT PRIMARY KEY, id TEXT, key TEXT, sample TEXT, asks TEXT, facts TEXT, run TEXT, variant TEXT,
         turns TEXT, meta TEXT, position INTEGER, numbered INTEGER, awaits INTEGER, file TEXT, line INTEGER) STRICT;
       CREATE INDEX answers_by_key ON answers (key);
       CREATE INDEX answers_by_sample ON answers (sample);
       CREATE INDEX answers_by_asks ON answers (asks) WHERE asks IS NOT NULL;
       CREATE INDEX answers_by_id ON answers (id) WHERE id IS NOT NULL;
       CREATE TABLE given_references (keys TEXT, text TEXT, of_turns TEXT) STRICT;
       CREATE TABLE links (id TEXT PRIMARY KEY, key TEXT, run TEXT) STRICT, WITHOUT ROWID`,
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
      case 'reference':
        this.#store.run(
          'INSERT INTO given_references (keys, text, of_turns) VALUES (?, ?, ?)',
          JSON.stringify(piece.keys),
          piece.reference,
          piece.references === undefined ? null : JSON.stringify(piece.references),
        );
        return undefined;
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
      'UPDATE questions SET before = ?, turns = ?, reworded = 1 WHERE key = ?',
      JSON.stringify(instead.before),
      JSON.stringify(instead.turns),
      key,
    );
    return undefined;
  }

  #takeAnswer(
    {
      key,
      run: given,
      variant: named,
      id,
      sample = key,
      asks,
      facts,
      awaitsLink,
      turns,
      meta,
      place: position,
    }: Answer,
    { areTurnsNumbered }: Pick<RunFormat, 'areTurnsNumbered'>,
    { file, line, run: fileRun }: StagedPlace & { readonly run: string },
  ): string | undefined {
    const run = given ?? fileRun;
    const variant = awaitsLink ? id : named;
    const { changes } = this.#store.run(
      `INSERT INTO answers (address, id, key, sample, asks, facts, run, variant, turns, meta, position, numbered, awaits, file, line)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      addressOf(key, run, variant),
      id ?? null,
      key,
      sample,
      asks ?? null,
      facts === undefined ? null : JSON.stringify(facts),
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
    return changes === 0
      ? `${JSON.stringify(run)} has answered this sample before (${sample}): two runs of one system need two names`
      : undefined;
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
    this.#settleReferences();
    this.#scores.settle();
  }

  /** Of several references for one question the first counts. */
  #settleReferences(): void {
    const given = this.#store.query<{ keys: string; text: string; ofTurns: string | null }>(
      'SELECT keys, text, of_turns AS ofTurns FROM given_references ORDER BY rowid',
    );
    for (const { keys: written, text, ofTurns } of given.all()) {
      const keys = JSON.parse(written) as string[];
      const key = keys.find((each) => this.#referenceOf(each) !== undefined);
      if (key === undefined) {
        this.#lostReferences.add(keys[0]);
        continue;
      }
      if (ofTurns !== null) {
        const { turnReferences } = this.#referenceOf(key) ?? {};
        if (turnReferences != null && turnReferences !== ofTurns) this.#replacedReferences.add(key);
        this.#store.run('UPDATE questions SET turn_references = ? WHERE key = ?', ofTurns, key);
        continue;
      }
      const { changes } = this.#store.run(
        'UPDATE questions SET reference = ? WHERE key = ? AND coalesce(reference, ?) = ?',
        text,
        key,
        text,
        text,
      );
      if (changes === 0) this.#otherReferences.add(key);
    }
  }

  #referenceOf(key: string): { readonly turnReferences: string | null } | undefined {
    return this.#store
      .query<{ turnReferences: string | null }>(
        'SELECT turn_references AS turnReferences FROM questions WHERE key = ?',
      )
      .get(key);
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
      'SELECT address, run, variant, turns, meta, position, numbered, sample, facts, file, line FROM answers WHERE key = ?',
    );
    const ambiguous = new Set(
      this.#store
        .query<{ run: string }>('SELECT run FROM answers GROUP BY run HAVING count(DISTINCT variant) > 1')
        .all()
        .map(({ run }) => run),
    );
    const withName = (answer: Omit<StagedAnswer, 'name'>): StagedAnswer => ({
      ...answer,
      name: ambiguous.has(answer.run) ? `${answer.run} · ${answer.variant}` : answer.run,
    });
    for (const sample of samples.iterate()) {
      const answers = answersTo.all(sample.key).map(withName);
      answers.sort((one, other) => (one.name < other.name ? -1 : 1));
      for (const [index, first] of answers.entries())
        for (const second of answers.slice(index + 1)) {
          if (areOfOneSample(first, second)) yield* this.#turnsOf(sample, first, second);
          else this.#toldApart.add(first.sample);
        }
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
  listUnmatched(): Unmatched[] {
    const counted = (what: string, names: NamedCount): Unmatched[] =>
      names.count === 0 ? [] : [{ what: names.describe(what), records: names.count }];
    return [
      ...this.#unmatchedIn(UNMATCHED_SAMPLES),
      ...counted('samples of one name whose metadata or files differ, so that they are two', this.#toldApart),
      ...this.#unmatchedIn(UNMATCHED_QUESTIONS),
      ...counted('references for samples that are in no file', this.#lostReferences),
      ...counted(
        'references of questions, in whose place those of a file of references count',
        this.#replacedReferences,
      ),
      ...counted(
        'references that differ from the first one of their sample, which counts',
        this.#otherReferences,
      ),
      ...(this.#furtherAnswers === 0
        ? []
        : [{ what: 'further answers of a run to one sample', records: this.#furtherAnswers }]),
      ...this.#scores.listUnmatched(),
    ];
  }

  #unmatchedIn(kinds: readonly (readonly [what: string, sql: string])[]): Unmatched[] {
    return kinds.flatMap(([what, sql]) => {
      const { count = 0 } =
        this.#store.query<{ count: number }>(`SELECT count(*) AS count FROM (${sql})`).get() ?? {};
      if (count === 0) return [];
      const listed = this.#store.query<{ key: string }>(`SELECT DISTINCT key FROM (${sql}) LIMIT 6`).all();
      const names = listed.slice(0, 5).map(({ key }) => key);
      return [{ what: `${what}: ${names.join(', ')}${listed.length > 5 ? ' …' : ''}`, records: count }];
    });
  }

  close(): void {
    this.#store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const ALONE = 'SELECT key, sample, asks, run FROM answers GROUP BY key HAVING count(*) = 1';
const HAS_NAMESAKE = 'EXISTS (SELECT 1 FROM answers o WHERE o.sample = s.sample AND o.run <> s.run)';
const WAS_ASKED_ELSEWHERE = 'EXISTS (SELECT 1 FROM answers o WHERE o.asks = s.asks AND o.run <> s.run)';

/** Samples that no other run answered, each kind with what finds their names. */
const UNMATCHED_SAMPLES: readonly (readonly [what: string, sql: string])[] = [
  [
    'samples that another run was asked something else under the same name',
    `SELECT sample AS key FROM (${ALONE}) s WHERE ${HAS_NAMESAKE}`,
  ],
  [
    'samples that another run has under another name alone, so that whether they are the same is not known',
    `SELECT sample AS key FROM (${ALONE}) s WHERE NOT ${HAS_NAMESAKE} AND ${WAS_ASKED_ELSEWHERE}`,
  ],
  [
    'samples that one run alone answered',
    `SELECT sample AS key FROM (${ALONE}) s WHERE NOT ${HAS_NAMESAKE} AND NOT ${WAS_ASKED_ELSEWHERE}`,
  ],
];

const UNMATCHED_QUESTIONS: readonly (readonly [what: string, sql: string])[] = [
  [
    'samples that runs were asked in different words: their common input is shown instead',
    'SELECT (SELECT sample FROM answers a WHERE a.key = q.key LIMIT 1) AS key FROM questions q WHERE reworded = 1',
  ],
  ['questions that nobody answered', 'SELECT key FROM questions WHERE key NOT IN (SELECT key FROM answers)'],
  [
    'answers to questions that are in no file',
    'SELECT DISTINCT key FROM answers WHERE key NOT IN (SELECT key FROM questions)',
  ],
  [
    'links to answers that are in no file',
    'SELECT id AS key FROM links WHERE id NOT IN (SELECT id FROM answers WHERE id IS NOT NULL)',
  ],
];

/** Whether nothing that is known of two samples tells them apart. */
function areOfOneSample(one: StagedAnswer, other: StagedAnswer): boolean {
  if (one.facts === null || other.facts === null || one.facts === other.facts) return true;
  const known = JSON.parse(one.facts) as Record<string, string>;
  return Object.entries(JSON.parse(other.facts) as Record<string, string>).every(
    ([name, value]) => !Object.hasOwn(known, name) || known[name] === value,
  );
}

function addressOf(key: string, run: string, variant: string | undefined): string {
  return JSON.stringify([key, run, variant ?? '']);
}
