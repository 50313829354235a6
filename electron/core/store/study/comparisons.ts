/** Items, systems, responses and pairs: what an import brings and an export takes. */
import type { ReadStore, WriteStore } from '../engine/database.ts';

/** A study in a store. */
export interface StudyPlace {
  readonly store: WriteStore;
  readonly studyId: number;
}

export function systemNamesOf(store: ReadStore, studyId: number): string[] {
  return namesIn(store, studyId, 'systems');
}

/** Names of what a study has, in the order they came. */
export function namesIn(store: ReadStore, studyId: number, kind: 'systems' | 'raters' | 'judges'): string[] {
  return store
    .query<{ name: string }>(`SELECT name FROM ${kind} WHERE study_id = ? ORDER BY id`)
    .all(studyId)
    .map(({ name }) => name);
}

export function systemIdOf(store: WriteStore, studyId: number, name: string): number {
  const found = store
    .query<{ id: number }>('SELECT id FROM systems WHERE study_id = ? AND name = ?')
    .get(studyId, name);
  return found?.id ?? store.run('INSERT INTO systems (study_id, name) VALUES (?, ?)', studyId, name).lastId;
}

export function judgeIdOf(store: WriteStore, studyId: number, name: string): number {
  const found = store
    .query<{ id: number }>('SELECT id FROM judges WHERE study_id = ? AND name = ?')
    .get(studyId, name);
  return found?.id ?? store.run('INSERT INTO judges (study_id, name) VALUES (?, ?)', studyId, name).lastId;
}

/** The item with this content; undefined where there is none. */
export function itemByHash(store: ReadStore, studyId: number, hash: Buffer): number | undefined {
  return store
    .query<{ id: number }>('SELECT id FROM items WHERE study_id = ? AND content_hash = ?')
    .get(studyId, hash)?.id;
}

/** The response of a system with this content; undefined where there is none. */
export function responseIdOf(
  store: ReadStore,
  itemId: number,
  systemId: number,
  hash: Buffer,
): number | undefined {
  return store
    .query<{ id: number }>(
      'SELECT id FROM responses WHERE item_id = ? AND system_id = ? AND content_hash = ?',
    )
    .get(itemId, systemId, hash)?.id;
}

/** What tells whether a pair of the same id is the same pair. */
export interface PairContent {
  readonly pairId: number;
  readonly itemHash: Buffer;
  readonly firstHash: Buffer;
  readonly secondHash: Buffer;
  readonly firstSystem: string;
  readonly secondSystem: string;
  readonly slices: string;
}

/** Two steps, because most ids of an import are new and a miss must cost one look at one index. */
export function pairByExternalId(
  store: ReadStore,
  studyId: number,
  externalId: string,
): PairContent | undefined {
  const found = store
    .query<{ id: number }>('SELECT id FROM pairs WHERE study_id = ? AND external_id = ?')
    .get(studyId, externalId);
  if (found === undefined) return undefined;
  return store
    .query<PairContent>(
      `SELECT pairs.id AS pairId, items.content_hash AS itemHash, f.content_hash AS firstHash, s.content_hash AS secondHash,
              fs.name AS firstSystem, ss.name AS secondSystem, pairs.slices AS slices
       FROM pairs JOIN items ON items.id = pairs.item_id
       JOIN responses f ON f.id = pairs.first_response_id JOIN systems fs ON fs.id = f.system_id
       JOIN responses s ON s.id = pairs.second_response_id JOIN systems ss ON ss.id = s.system_id
       WHERE pairs.id = ?`,
    )
    .get(found.id);
}

/** Another pair of the same two responses, by its id in the file. */
export function pairWithSameContent(
  store: ReadStore,
  itemId: number,
  firstResponse: number,
  secondResponse: number,
): string | undefined {
  return store
    .query<{ externalId: string }>(
      `SELECT external_id AS externalId FROM pairs
       WHERE item_id = ? AND first_response_id = ? AND second_response_id = ? LIMIT 1`,
    )
    .get(itemId, firstResponse, secondResponse)?.externalId;
}

export function insertImport(
  store: WriteStore,
  row: {
    studyId: number;
    at: number;
    firstOrdinal: number;
    pairCount: number;
    counts: unknown;
    sources: unknown;
  },
): void {
  store.run(
    'INSERT INTO imports (study_id, imported_at, first_ordinal, pair_count, counts, sources) VALUES (?, ?, ?, ?, ?, ?)',
    row.studyId,
    row.at,
    row.firstOrdinal,
    row.pairCount,
    JSON.stringify(row.counts),
    JSON.stringify(row.sources),
  );
}

/** A pair with everything an export or an open comparison needs. */
export interface FullPair {
  readonly pairId: number;
  readonly ordinal: number;
  readonly externalId: string;
  readonly prompt: string;
  readonly reference: string | null;
  readonly firstSystem: string;
  readonly firstOutput: string;
  readonly firstMeta: string | null;
  readonly secondSystem: string;
  readonly secondOutput: string;
  readonly secondMeta: string | null;
  readonly slices: string;
  /** How many draws there were before it came. */
  readonly drawsBefore: number;
}

const FULL_PAIR = `SELECT pairs.id AS pairId, pairs.ordinal AS ordinal, pairs.external_id AS externalId,
    items.prompt AS prompt, items.reference AS reference,
    fs.name AS firstSystem, f.output AS firstOutput, f.meta AS firstMeta,
    ss.name AS secondSystem, s.output AS secondOutput, s.meta AS secondMeta, pairs.slices AS slices,
    pairs.draws_before AS drawsBefore
  FROM pairs JOIN items ON items.id = pairs.item_id
  JOIN responses f ON f.id = pairs.first_response_id JOIN systems fs ON fs.id = f.system_id
  JOIN responses s ON s.id = pairs.second_response_id JOIN systems ss ON ss.id = s.system_id`;

/** Pairs of a study that count, from an ordinal on, in order: a page of a walk that other statements may run between. */
export function pairsFromOrdinal(store: ReadStore, studyId: number, from: number, limit: number): FullPair[] {
  return store
    .query<FullPair>(
      `${FULL_PAIR} WHERE pairs.study_id = ? AND pairs.ordinal >= ? AND pairs.is_left_out = 0 ORDER BY pairs.ordinal LIMIT ?`,
    )
    .all(studyId, from, limit);
}

export function pairById(store: ReadStore, pairId: number): FullPair | undefined {
  return store.query<FullPair>(`${FULL_PAIR} WHERE pairs.id = ?`).get(pairId);
}
