/**
 * What the log keeps of records that have no row of their own: votes that were imported, verdicts of judges, and draws with
 * their probabilities. A seal has a hash over all that came since the seal before it.
 */
import { createHash } from 'node:crypto';
import { loggedActs } from '../engine/audit.ts';
import type { RecordSeal, StoredAct } from '../engine/audit-actions.ts';
import type { ReadStore } from '../engine/database.ts';
import { receiptsOfImported } from './rating-receipt.ts';

/** Acts that bear a seal. */
const SEALING_ACTIONS = ['import', 'pairs.drawn', 'judge.run_ended', 'study.deleted'] as const;

const KINDS = ['importedVotes', 'judgments', 'draws'] as const;
type Kind = (typeof KINDS)[number];

const NAMES: Readonly<Record<Kind, string>> = {
  importedVotes: 'imported votes',
  judgments: 'verdicts of judges',
  draws: 'draws of pairs',
};

const TABLES: Readonly<Record<Kind, string>> = {
  importedVotes: 'ratings',
  judgments: 'judgments',
  draws: 'selections',
};

/** Seals what came since the last seal. Call it inside the transaction that the row of the log is appended in. */
export function sealRecords(store: ReadStore): RecordSeal {
  return sealSince(store, lastSeal(store));
}

/** Seals all records anew: those of a study that was deleted are gone out of what earlier seals cover. */
export function sealAllRecords(store: ReadStore): RecordSeal {
  return sealSince(store, null);
}

function sealSince(store: ReadStore, last: RecordSeal | null): RecordSeal {
  const seal = (kind: Kind): RecordSeal[Kind] => {
    const from = (last?.[kind].to ?? 0) + 1;
    const to = lastIdOf(store, kind);
    return { from, to, sha256: hashOf(store, kind, from, to) };
  };
  return { importedVotes: seal('importedVotes'), judgments: seal('judgments'), draws: seal('draws') };
}

/** The seal that an act bears; null where it bears none. */
export function sealOf({ action, details }: StoredAct): RecordSeal | null {
  return SEALING_ACTIONS.some((each) => each === action) && 'records' in details
    ? (details.records ?? null)
    : null;
}

/** What of a seal is not as it was; null where all is. */
export function sealProblem(store: ReadStore, seal: RecordSeal): string | null {
  for (const kind of KINDS) {
    const { from, to, sha256 } = seal[kind];
    if (hashOf(store, kind, from, to) !== sha256)
      return `seals ${NAMES[kind]} ${from} to ${to}, of which one is gone, was added or says something else now`;
  }
  return null;
}

/** What no seal covers, as sentences: what came after the last one, and all of a store whose log has none. */
export function unsealedRecords(store: ReadStore, last: RecordSeal | null): string[] {
  return KINDS.flatMap((kind) => {
    const from = (last?.[kind].to ?? 0) + 1;
    const where = kind === 'importedVotes' ? 'AND command_id IS NULL' : '';
    const count =
      store
        .query<{ count: number }>(`SELECT count(*) AS count FROM ${TABLES[kind]} WHERE id >= ? ${where}`)
        .get(from)?.count ?? 0;
    return count === 0 ? [] : [`${NAMES[kind]}: ${count}, from number ${from} on`];
  });
}

function lastSeal(store: ReadStore): RecordSeal | null {
  for (const act of loggedActs(store, SEALING_ACTIONS, null).toReversed()) {
    const seal = sealOf(act);
    if (seal !== null) return seal;
  }
  return null;
}

function lastIdOf(store: ReadStore, kind: Kind): number {
  return store.query<{ last: number | null }>(`SELECT max(id) AS last FROM ${TABLES[kind]}`).get()?.last ?? 0;
}

/** Characters: each call of a hash costs as much as some hundred of them. */
const HASHED_TOGETHER = 16_384;

function hashOf(store: ReadStore, kind: Kind, from: number, to: number): string {
  const hash = createHash('sha256');
  let lines = '';
  for (const row of to < from ? [] : sealedRows(store, kind, from, to)) {
    lines += `${JSON.stringify(row)}\n`;
    if (lines.length < HASHED_TOGETHER) continue;
    hash.update(lines);
    lines = '';
  }
  return hash.update(lines).digest('hex');
}

function sealedRows(store: ReadStore, kind: Kind, from: number, to: number): Iterable<unknown> {
  if (kind === 'importedVotes') return receiptsOfImported(store, from, to);
  const sql =
    kind === 'judgments'
      ? `SELECT id, pair_id, judge_id, judge_order, sample, attempt, verdict, failure, score, score_kind, score_first,
           score_second, raw, judged_at FROM judgments WHERE id BETWEEN ? AND ? ORDER BY id`
      : `SELECT s.id, s.study_id, s.wave, s.method, s.pairs, s.candidates, s.drawn_at, p.place, p.pair_id, p.probability
         FROM selections s LEFT JOIN selected_pairs p ON p.selection_id = s.id
         WHERE s.id BETWEEN ? AND ? ORDER BY s.id, p.place`;
  return store.rawQuery<readonly (string | number | null)[]>(sql).iterate(from, to);
}
