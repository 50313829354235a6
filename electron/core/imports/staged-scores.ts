/** Scores of single answers, on disk until all files are read; what one judge gave two answers is then a verdict on the pair. */
import { preferenceOfScores } from '../../../shared/domain/judge/read-reply.ts';
import {
  HUMAN_VERDICTS,
  type HumanVerdict,
  JUDGE_VERDICTS,
  type JudgeOrder,
  type JudgeVerdict,
} from '../../../shared/domain/verdict.ts';
import type { Scale, Score } from '../../../shared/formats/harness/run-format.ts';
import type { Store } from '../store/database.ts';
import type { StagedPlace, StagedRecord, Unmatched } from './staged-record.ts';

/** What is said of a pair, as a native record has it. */
export interface SayingsOnPair {
  readonly human?: readonly Readonly<Record<string, unknown>>[];
  readonly judge?: readonly Readonly<Record<string, unknown>>[];
}

interface ScoresOfTwo {
  readonly who: 'judge' | 'rater';
  readonly name: string;
  readonly first: number | null;
  readonly second: number | null;
  readonly scale: Scale;
  readonly tieBand: number;
  readonly raw: string | null;
  readonly note: string | null;
  readonly at: string | null;
}

interface StagedVerdict extends StagedPlace {
  readonly pair: string;
  readonly who: 'judge' | 'rater';
  readonly name: string;
  readonly verdict: string;
  readonly note: string | null;
  readonly at: string | null;
}

export class StagedScores {
  readonly #store: Store;
  #repeated = 0;
  /** Votes that could not be told: neither of the two was the best, or a person's score was none. */
  #undecided = 0;
  #onStored = 0;

  constructor(store: Store) {
    this.#store = store;
    store.execute(
      `CREATE TABLE scores (n INTEGER PRIMARY KEY, address TEXT, id TEXT, turn INTEGER, who TEXT, name TEXT, grp TEXT,
         score REAL, verdict TEXT, scale TEXT, tie_band REAL, raw TEXT, note TEXT, at TEXT, file TEXT, line INTEGER) STRICT;`,
    );
  }

  take(score: Score, address: string | null, { file, line }: StagedPlace): undefined {
    const { of, by } = score;
    this.#store.run(
      `INSERT INTO scores (address, id, turn, who, name, grp, score, verdict, scale, tie_band, raw, note, at, file, line)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      address,
      'id' in of ? of.id : null,
      score.turn ?? null,
      'judge' in by ? 'judge' : 'rater',
      'judge' in by ? by.judge : by.rater,
      score.group,
      score.score,
      score.verdict ?? null,
      score.scale,
      score.tieBand ?? 0,
      score.raw ?? null,
      score.note ?? null,
      score.at ?? null,
      file,
      line,
    );
  }

  /** Finds the answers that scores are about; of several scores that one judge gave one answer, the first counts. */
  settle(): void {
    this.#store.execute(
      `UPDATE scores SET address = (SELECT address FROM answers a WHERE a.id = scores.id) WHERE scores.id IS NOT NULL;
       UPDATE scores SET address = NULL WHERE address NOT IN (SELECT address FROM answers);`,
    );
    this.#repeated = this.#store.run(
      `DELETE FROM scores WHERE address IS NOT NULL AND verdict IS NULL AND n NOT IN
         (SELECT min(n) FROM scores WHERE address IS NOT NULL AND verdict IS NULL GROUP BY address, turn, who, name, grp)`,
    ).changes;
    this.#store.execute('CREATE INDEX scores_by_address ON scores (address, turn, who, name)');
  }

  /** What those say of two answers who scored both. */
  on(
    first: { readonly address: string; readonly position: number | null },
    second: { readonly address: string; readonly position: number | null },
    turn: number | null,
  ): SayingsOnPair {
    const both = this.#store
      .query<ScoresOfTwo>(
        `SELECT a.who AS who, a.name AS name, a.score AS first, b.score AS second, a.scale AS scale, a.tie_band AS tieBand,
           CASE WHEN a.raw IS NULL AND b.raw IS NULL THEN NULL
             ELSE 'a: ' || coalesce(a.raw, '') || char(10, 10) || 'b: ' || coalesce(b.raw, '') END AS raw, coalesce(a.note, b.note) AS note, coalesce(a.at, b.at) AS at
         FROM scores a JOIN scores b ON b.address = ? AND b.turn IS a.turn AND b.who = a.who AND b.name = a.name AND b.grp IS a.grp
         WHERE a.address = ? AND a.turn IS ? AND a.verdict IS NULL AND b.verdict IS NULL ORDER BY a.n`,
      )
      .all(second.address, first.address, turn);
    if (both.length === 0) return {};
    const human = new Map<string, Record<string, unknown>>();
    const judge = new Map<string, Record<string, unknown>>();
    for (const each of both) {
      const verdict = verdictOf(each);
      const votes = each.who === 'rater' ? human : judge;
      if (verdict === null || votes.has(each.name)) {
        this.#undecided++;
        continue;
      }
      const at = each.at === null ? {} : { at: each.at };
      if (each.who === 'rater')
        human.set(each.name, {
          rater: each.name,
          verdict,
          ...at,
          ...(each.note === null ? {} : { note: each.note }),
        });
      else
        judge.set(each.name, {
          judge: each.name,
          order: orderOf(each.scale, first.position, second.position),
          verdict,
          ...at,
          ...(each.raw === null ? {} : { raw: each.raw }),
        });
    }
    return {
      ...(human.size === 0 ? {} : { human: [...human.values()] }),
      ...(judge.size === 0 ? {} : { judge: [...judge.values()] }),
    };
  }

  /** Verdicts whose answer is in no file, but which name a stored pair. */
  *onStored(isStored: (id: string) => boolean): Generator<StagedRecord> {
    const said = this.#store.query<StagedVerdict>(
      `SELECT id AS pair, who, name, verdict, note, at, file, line FROM scores
       WHERE address IS NULL AND id IS NOT NULL AND verdict IS NOT NULL ORDER BY n`,
    );
    for (const { pair, who, name, verdict, note, at, file, line } of said.all()) {
      const known: readonly string[] = who === 'rater' ? HUMAN_VERDICTS : JUDGE_VERDICTS;
      if (!known.includes(verdict) || !isStored(pair)) continue;
      this.#onStored++;
      const more = { ...(at === null ? {} : { at }) };
      const record =
        who === 'rater'
          ? {
              human: [
                {
                  rater: name,
                  verdict,
                  ...more,
                  ...(note === null ? {} : { note }),
                  ...(verdict === 'skipped' ? { reason: 'other' } : {}),
                },
              ],
            }
          : { judge: [{ judge: name, verdict, order: 'both', ...more }] };
      yield { file, line, record: { id: pair, ...record } };
    }
  }

  unmatched(): Unmatched[] {
    const count = (condition: string) =>
      this.#store.query<{ n: number }>(`SELECT count(*) AS n FROM scores s WHERE ${condition}`).get()?.n ?? 0;
    const listed: Unmatched[] = [
      { what: 'scores of outputs that are in no file', records: count('address IS NULL') - this.#onStored },
      {
        what: 'verdicts in words on a single output',
        records: count('address IS NOT NULL AND verdict IS NOT NULL'),
      },
      {
        what: 'scores of one output where no other was scored so',
        records: count(
          `address IS NOT NULL AND verdict IS NULL AND NOT EXISTS (SELECT 1 FROM answers a JOIN answers b ON b.key = a.key
             AND b.address <> a.address JOIN scores o ON o.address = b.address AND o.turn IS s.turn AND o.who = s.who
             AND o.name = s.name AND o.grp IS s.grp WHERE a.address = s.address)`,
        ),
      },
      { what: 'further scores of one output by the same judge or person', records: this.#repeated },
      { what: 'comparisons of scores that decide nothing', records: this.#undecided },
    ];
    return listed.filter(({ records }) => records > 0);
  }
}

function verdictOf({ who, first, second, scale, tieBand }: ScoresOfTwo): HumanVerdict | JudgeVerdict | null {
  if (first === null || second === null) return who === 'judge' ? 'unparsed' : null;
  if (scale === 'best' && first === second) return null;
  if (scale === 'pass' && first === 0 && second === 0) return 'both_bad';
  const { choice } = preferenceOfScores(first, second, tieBand);
  if (choice === 'tie') return 'tie';
  return choice === 'A' ? 'first' : 'second';
}

/** Outputs that were scored each for itself had no order; those among which a best was chosen had. */
function orderOf(scale: Scale, first: number | null, second: number | null): JudgeOrder {
  if (scale !== 'best') return 'both';
  if (first === null || second === null || first === second) return 'unknown';
  return first < second ? 'a_first' : 'b_first';
}
