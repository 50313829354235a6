/** Items, systems, responses and pairs: what an import brings and an export takes. */
import type { Store } from '../engine/database.ts';

/** A study in a store. */
export interface StudyPlace {
  readonly store: Store;
  readonly studyId: number;
}

export function systemNamesOf(store: Store, studyId: number): string[] {
  return namesIn({ store, studyId }, 'systems');
}

/** Names of what a study has, in the order they came. */
export function namesIn({ store, studyId }: StudyPlace, kind: 'systems' | 'raters' | 'judges'): string[] {
  return store
    .query<{ name: string }>(`SELECT name FROM ${kind} WHERE study_id = ? ORDER BY id`)
    .all(studyId)
    .map(({ name }) => name);
}

export function hasItem({ store, studyId }: StudyPlace, hash: Buffer): boolean {
  return (
    store.query('SELECT 1 FROM items WHERE study_id = ? AND content_hash = ?').get(studyId, hash) !==
    undefined
  );
}

/** A pair with the same item, systems and texts, by its id in the file. */
export function pairWithSameHashes(
  { store, studyId }: StudyPlace,
  content: { itemHash: Buffer; firstHash: Buffer; secondHash: Buffer; systems: readonly string[] },
): string | undefined {
  return store
    .query<{ externalId: string }>(
      `SELECT pairs.external_id AS externalId
       FROM items JOIN pairs ON pairs.item_id = items.id
       JOIN responses f ON f.id = pairs.first_response_id JOIN systems fs ON fs.id = f.system_id
       JOIN responses s ON s.id = pairs.second_response_id JOIN systems ss ON ss.id = s.system_id
       WHERE items.study_id = ? AND items.content_hash = ? AND f.content_hash = ? AND s.content_hash = ?
         AND fs.name = ? AND ss.name = ? LIMIT 1`,
    )
    .get(
      studyId,
      content.itemHash,
      content.firstHash,
      content.secondHash,
      content.systems[0] ?? '',
      content.systems[1] ?? '',
    )?.externalId;
}

export function systemIdOf(store: Store, studyId: number, name: string): number {
  const found = store
    .query<{ id: number }>('SELECT id FROM systems WHERE study_id = ? AND name = ?')
    .get(studyId, name);
  return found?.id ?? store.run('INSERT INTO systems (study_id, name) VALUES (?, ?)', studyId, name).lastId;
}

export function judgeIdOf(store: Store, studyId: number, name: string): number {
  const found = store
    .query<{ id: number }>('SELECT id FROM judges WHERE study_id = ? AND name = ?')
    .get(studyId, name);
  return found?.id ?? store.run('INSERT INTO judges (study_id, name) VALUES (?, ?)', studyId, name).lastId;
}

/** Adds an item, or finds the one with the same content. */
export function itemIdOf(
  store: Store,
  studyId: number,
  hash: Buffer,
  prompt: string,
  reference: string | null,
): { id: number; isNew: boolean } {
  const added = store.run(
    'INSERT INTO items (study_id, content_hash, prompt, reference) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    studyId,
    hash,
    prompt,
    reference,
  );
  if (added.changes === 1) return { id: added.lastId, isNew: true };
  const found = store
    .query<{ id: number }>('SELECT id FROM items WHERE study_id = ? AND content_hash = ?')
    .get(studyId, hash);
  if (found === undefined) throw new Error('an item was neither added nor found');
  return { id: found.id, isNew: false };
}

/** Adds a response, or finds the one of the same system with the same content. */
export function responseIdOf(
  store: Store,
  itemId: number,
  systemId: number,
  hash: Buffer,
  output: string,
  meta: string | null,
): { id: number; isNew: boolean } {
  const added = store.run(
    'INSERT INTO responses (item_id, system_id, content_hash, output, meta) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    itemId,
    systemId,
    hash,
    output,
    meta,
  );
  if (added.changes === 1) return { id: added.lastId, isNew: true };
  const found = store
    .query<{ id: number }>(
      'SELECT id FROM responses WHERE item_id = ? AND system_id = ? AND content_hash = ?',
    )
    .get(itemId, systemId, hash);
  if (found === undefined) throw new Error('a response was neither added nor found');
  return { id: found.id, isNew: false };
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
export function pairByExternalId(store: Store, studyId: number, externalId: string): PairContent | undefined {
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
  store: Store,
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

export function insertPair(
  store: Store,
  pair: {
    studyId: number;
    ordinal: number;
    externalId: string;
    itemId: number;
    firstResponse: number;
    secondResponse: number;
    slices: string;
    drawsBefore: number;
  },
): number {
  return store.run(
    `INSERT INTO pairs (study_id, ordinal, external_id, item_id, first_response_id, second_response_id, slices,
       draws_before)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    pair.studyId,
    pair.ordinal,
    pair.externalId,
    pair.itemId,
    pair.firstResponse,
    pair.secondResponse,
    pair.slices,
    pair.drawsBefore,
  ).lastId;
}

export function insertFinding(store: Store, responseId: number, rule: string, excerpt: string): void {
  store.run(
    'INSERT INTO identity_findings (response_id, rule, excerpt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    responseId,
    rule,
    excerpt,
  );
}

export function insertImport(
  store: Store,
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
}

const FULL_PAIR = `SELECT pairs.id AS pairId, pairs.external_id AS externalId,
    items.prompt AS prompt, items.reference AS reference,
    fs.name AS firstSystem, f.output AS firstOutput, f.meta AS firstMeta,
    ss.name AS secondSystem, s.output AS secondOutput, s.meta AS secondMeta, pairs.slices AS slices
  FROM pairs JOIN items ON items.id = pairs.item_id
  JOIN responses f ON f.id = pairs.first_response_id JOIN systems fs ON fs.id = f.system_id
  JOIN responses s ON s.id = pairs.second_response_id JOIN systems ss ON ss.id = s.system_id`;

/** Pairs of a study from an ordinal on, in order: a page of a walk that other statements may run between. */
export function pairsFromOrdinal(store: Store, studyId: number, from: number, limit: number): FullPair[] {
  return store
    .query<FullPair>(
      `${FULL_PAIR} WHERE pairs.study_id = ? AND pairs.ordinal >= ? ORDER BY pairs.ordinal LIMIT ?`,
    )
    .all(studyId, from, limit);
}

/** The systems of a pair of a study, in the pair's own order, by its id in the file. */
export function systemsOfPair(
  { store, studyId }: StudyPlace,
  externalId: string,
): { readonly first: string; readonly second: string } | undefined {
  return store
    .query<{ first: string; second: string }>(
      `SELECT fs.name AS first, ss.name AS second FROM pairs
       JOIN responses f ON f.id = pairs.first_response_id JOIN systems fs ON fs.id = f.system_id
       JOIN responses s ON s.id = pairs.second_response_id JOIN systems ss ON ss.id = s.system_id
       WHERE pairs.study_id = ? AND pairs.external_id = ?`,
    )
    .get(studyId, externalId);
}

export function pairById(store: Store, pairId: number): FullPair | undefined {
  return store.query<FullPair>(`${FULL_PAIR} WHERE pairs.id = ?`).get(pairId);
}
