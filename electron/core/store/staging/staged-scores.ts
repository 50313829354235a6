/** Scores of single answers, on disk until all files are read; what one judge gave two answers is then a verdict on the pair. */

import { MOST_NOTE, type Scale, type Score } from '../../../../shared/formats/harness/read/run-format.ts';
import { preferenceOfScores } from '../../../../shared/judge/read-reply.ts';
import type { StatedScore } from '../../../../shared/study/judgment-score.ts';
import {
  HUMAN_VERDICTS,
  type HumanVerdict,
  JUDGE_VERDICTS,
  type JudgeOrder,
  type JudgeVerdict,
} from '../../../../shared/study/verdict.ts';
import type { WriteStore } from '../engine/database.ts';
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
  readonly firstPassed: number | null;
  readonly secondPassed: number | null;
  readonly scale: Scale;
  readonly tieBand: number;
  readonly criterion: string | null;
  readonly raw: string | null;
  readonly note: string | null;
  readonly at: string | null;
}

interface StagedVerdict extends StagedPlace {
  readonly pair: string;
  readonly who: 'judge' | 'rater';
  readonly name: string;
  readonly verdict: string;
  readonly order: JudgeOrder | null;
  readonly sample: number | null;
  readonly raw: string | null;
  readonly note: string | null;
  readonly at: string | null;
}

export class StagedScores {
  readonly #store: WriteStore;
  #repeated = 0;
  /** Votes that could not be told: neither of the two was the best, or a person's score was none. */
  #undecided = 0;
  #onStored = 0;
  /** Scores of people whom the file does not name, and who are several. */
  #unnamed = 0;

  constructor(store: WriteStore) {
    this.#store = store;
    store.execute(
      `CREATE TABLE scores (n INTEGER PRIMARY KEY, address TEXT, id TEXT, turn INTEGER, who TEXT, name TEXT,
         unnamed INTEGER, grp TEXT, criterion TEXT, score REAL, passed INTEGER, verdict TEXT, judge_order TEXT, sample INTEGER,
         scale TEXT, tie_band REAL, raw TEXT, note TEXT, at TEXT, file TEXT, line INTEGER) STRICT;`,
    );
  }

  take(score: Score, address: string | null, { file, line }: StagedPlace): undefined {
    const { of, by } = score;
    this.#store.run(
      `INSERT INTO scores (address, id, turn, who, name, unnamed, grp, criterion, score, passed, verdict, judge_order, sample,
         scale, tie_band, raw, note, at, file, line)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      address,
      'id' in of ? of.id : null,
      score.turn ?? null,
      'judge' in by ? 'judge' : 'rater',
      'judge' in by ? by.judge : by.rater,
      'isUnnamed' in by ? 1 : 0,
      score.group,
      score.criterion ?? null,
      score.score,
      passOf(score),
      score.verdict ?? null,
      score.order ?? null,
      score.sample ?? null,
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
    // Two scores of one thing without a name are of two people, and nothing tells whose the others are.
    this.#unnamed = this.#store.run(
      `DELETE FROM scores WHERE unnamed = 1 AND name IN (SELECT name FROM scores
         WHERE unnamed = 1 AND (address IS NOT NULL OR verdict IS NOT NULL)
         GROUP BY coalesce(address, id), turn, name, grp HAVING count(*) > 1)`,
    ).changes;
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
        `SELECT a.who AS who, a.name AS name, a.score AS first, b.score AS second, a.passed AS firstPassed,
           b.passed AS secondPassed, a.scale AS scale, a.tie_band AS tieBand, a.criterion AS criterion,
           CASE WHEN a.raw IS NULL AND b.raw IS NULL THEN NULL
             ELSE 'a: ' || coalesce(a.raw, '') || char(10, 10) || 'b: ' || coalesce(b.raw, '') END AS raw, 
           CASE WHEN a.note IS NULL OR b.note IS NULL OR a.note = b.note THEN coalesce(a.note, b.note)
             ELSE substr('a: ' || a.note || char(10, 10) || 'b: ' || b.note, 1, ${MOST_NOTE}) END AS note, coalesce(a.at, b.at) AS at
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
      const known = votes.get(each.name);
      if (verdict !== null && known !== undefined && addCriterion(known, each.criterion, verdict)) continue;
      if (verdict === null || known !== undefined) {
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
          ...(each.criterion === null ? {} : { [FIRST_CRITERION]: each.criterion }),
        });
      else
        judge.set(each.name, {
          judge: each.name,
          order: orderOf(each.scale, first.position, second.position),
          verdict,
          ...pointsOf(each, verdict),
          ...at,
          ...(each.raw === null ? {} : { raw: each.raw }),
        });
    }
    for (const vote of human.values()) delete vote[FIRST_CRITERION];
    return {
      ...(human.size === 0 ? {} : { human: [...human.values()] }),
      ...(judge.size === 0 ? {} : { judge: [...judge.values()] }),
    };
  }

  /** Verdicts whose answer is in no file, but which name a stored pair. */
  *onStored(isStored: (id: string) => boolean): Generator<StagedRecord> {
    const said = this.#store.query<StagedVerdict>(
      `SELECT id AS pair, who, name, verdict, judge_order AS "order", sample, raw, note, at, file, line FROM scores
       WHERE address IS NULL AND id IS NOT NULL AND verdict IS NOT NULL ORDER BY n`,
    );
    for (const { pair, who, name, verdict, order, sample, raw, note, at, file, line } of said.all()) {
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
          : {
              judge: [
                {
                  judge: name,
                  verdict,
                  order: order ?? 'both',
                  sample: sample ?? 0,
                  ...more,
                  ...(raw === null ? {} : { raw }),
                },
              ],
            };
      yield { file, line, record: { id: pair, ...record } };
    }
  }

  listUnmatched(): Unmatched[] {
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
      {
        what: 'scores of people without names, who are several and cannot be told apart',
        records: this.#unnamed,
      },
    ];
    return listed.filter(({ records }) => records > 0);
  }
}

/** Until all is read: what the question was whose answer is the vote. */
const FIRST_CRITERION = 'firstCriterion';

/**
 * Adds a person's answer to a further question to the vote, and with the first of them that of the vote itself. False for
 * what has no place there.
 */
function addCriterion(
  vote: Record<string, unknown>,
  criterion: string | null,
  verdict: HumanVerdict | JudgeVerdict,
): boolean {
  const isSaid = (said: unknown): boolean => said === 'first' || said === 'second' || said === 'tie';
  if (criterion === null || vote.rater === undefined || !isSaid(verdict)) return false;
  const first = vote[FIRST_CRITERION];
  const known = vote.criteria as Record<string, unknown> | undefined;
  const criteria =
    known ?? (typeof first === 'string' && isSaid(vote.verdict) ? { [first]: vote.verdict } : {});
  if (Object.hasOwn(criteria, criterion)) return false;
  vote.criteria = { ...criteria, [criterion]: verdict };
  return true;
}

/** The points of both, where the verdict follows from them; being the best is none, and a pass may go before them. */
function pointsOf(
  { first, second, scale }: ScoresOfTwo,
  verdict: HumanVerdict | JudgeVerdict,
): { readonly score?: StatedScore } {
  if (scale === 'best' || first === null || second === null) return {};
  const isOtherwise = (verdict === 'first' && first <= second) || (verdict === 'second' && second <= first);
  return isOtherwise ? {} : { score: { kind: 'points', first, second } };
}

/** Whether a score is a pass: as it says itself, or by its number where that stands for nothing else. */
function passOf({ score, passed, scale }: Score): number | null {
  if (score === null || scale !== 'pass') return null;
  return Number(passed ?? score !== 0);
}

function verdictOf({
  who,
  first,
  second,
  firstPassed,
  secondPassed,
  scale,
  tieBand,
}: ScoresOfTwo): HumanVerdict | JudgeVerdict | null {
  if (first === null || second === null) return who === 'judge' ? 'unparsed' : null;
  if (scale === 'best' && first === second) return null;
  if (firstPassed !== null && secondPassed !== null) {
    if (firstPassed + secondPassed === 0) return 'both_bad';
    if (firstPassed !== secondPassed) return firstPassed === 1 ? 'first' : 'second';
  }
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
