/** Packs that are open for work in this store, and what was done in them. */

import type { PackPresentation } from '../../../../shared/pack/pack-rows.ts';
import type { Claim } from '../../../../shared/pack-work/pack-storage.ts';
import type { Conversation } from '../../../../shared/study/conversation.ts';
import { type Rubric, rubricSchema } from '../../../../shared/study/rubric.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { readSetting, writeSetting } from '../engine/preferences.ts';

export interface OpenedPackRow {
  readonly packId: string;
  readonly study: string;
  readonly revision: number;
  readonly manifest: string;
  readonly manifestSha256: string;
  readonly publicKey: string;
  readonly openedAt: number;
  readonly rows: number;
  readonly chain: string;
}

const COLUMNS = `pack_id AS packId, study, revision, manifest, manifest_sha256 AS manifestSha256,
  public_key AS publicKey, opened_at AS openedAt, rows, chain`;

export function openedPacks(store: ReadStore): OpenedPackRow[] {
  return store.query<OpenedPackRow>(`SELECT ${COLUMNS} FROM opened_packs ORDER BY opened_at, pack_id`).all();
}

export function openedPack(store: ReadStore, packId: string): OpenedPackRow | undefined {
  return store.query<OpenedPackRow>(`SELECT ${COLUMNS} FROM opened_packs WHERE pack_id = ?`).get(packId);
}

/** How far the log of a pack is: how many rows, and their chain. */
export function logState(
  store: ReadStore,
  packId: string,
): { readonly rows: number; readonly chain: string } | undefined {
  return store
    .query<{ rows: number; chain: string }>('SELECT rows, chain FROM opened_packs WHERE pack_id = ?')
    .get(packId);
}

export function keepOpenedPack(store: WriteStore, row: Omit<OpenedPackRow, 'rows'>): void {
  store.run(
    `INSERT INTO opened_packs (pack_id, study, revision, manifest, manifest_sha256, public_key, opened_at, chain)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET revision = excluded.revision, manifest = excluded.manifest,
       manifest_sha256 = excluded.manifest_sha256`,
    row.packId,
    row.study,
    row.revision,
    row.manifest,
    row.manifestSha256,
    row.publicKey,
    row.openedAt,
    row.chain,
  );
}

/** Keeps what raters of a pack were asked until it was topped up: it holds for what they still have on screen. */
export function keepEarlierRubric(store: WriteStore, packId: string, version: number, rubric: Rubric): void {
  writeSetting(store, rubricName(packId, version), rubric);
}

/** The same; null where the pack was never topped up here after it had that version. */
export function earlierRubric(store: ReadStore, packId: string, version: number): Rubric | null {
  const kept = readSetting(store, rubricName(packId, version));
  return kept === undefined ? null : rubricSchema.parse(kept);
}

function rubricName(packId: string, version: number): string {
  return `rubric ${version} of pack ${packId}`;
}

export function pinnedKey(store: ReadStore, study: string): string | undefined {
  return store
    .query<{ publicKey: string }>('SELECT public_key AS publicKey FROM pinned_keys WHERE study = ?')
    .get(study)?.publicKey;
}

export function pinKey(store: WriteStore, study: string, publicKey: string, at: number): void {
  store.run(
    'INSERT INTO pinned_keys (study, public_key, pinned_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    study,
    publicKey,
    at,
  );
}

export function insertPackedText(store: WriteStore, packId: string, id: string, messages: string): void {
  store.run(
    'INSERT INTO packed_texts (pack_id, id, messages) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    packId,
    id,
    messages,
  );
}

export function packedText(store: ReadStore, packId: string, id: string): Conversation | undefined {
  const row = store
    .query<{ messages: string }>('SELECT messages FROM packed_texts WHERE pack_id = ? AND id = ?')
    .get(packId, id);
  return row === undefined ? undefined : (JSON.parse(row.messages) as Conversation);
}

export function insertPackedPair(
  store: WriteStore,
  packId: string,
  rater: string,
  place: number,
  { id, task, left, right, part }: PackPresentation,
): void {
  store.run(
    `INSERT INTO packed_pairs (pack_id, rater, place, id, task, left_text, right_text, part)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    packId,
    rater,
    place,
    id,
    task,
    left,
    right,
    part,
  );
}

export function packedPairs(store: ReadStore, packId: string, rater: string): PackPresentation[] {
  return store
    .query<PackPresentation>(
      `SELECT id, task, left_text AS "left", right_text AS "right", part FROM packed_pairs
       WHERE pack_id = ? AND rater = ? ORDER BY place`,
    )
    .all(packId, rater);
}

/** Replaces what is known of examples or practice pairs. */
export function keepKnown(
  store: WriteStore,
  packId: string,
  stage: 'example' | 'practice',
  rows: readonly { readonly id: string }[],
): void {
  store.run('DELETE FROM packed_known WHERE pack_id = ? AND stage = ?', packId, stage);
  for (const [place, row] of rows.entries())
    store.run(
      'INSERT INTO packed_known (pack_id, stage, place, id, row) VALUES (?, ?, ?, ?, ?)',
      packId,
      stage,
      place,
      row.id,
      JSON.stringify(row),
    );
}

export function packedExamples(store: ReadStore, packId: string): string[] {
  return store
    .query<{ row: string }>(
      "SELECT row FROM packed_known WHERE pack_id = ? AND stage = 'example' ORDER BY place",
    )
    .all(packId)
    .map(({ row }) => row);
}

export function packedPractice(store: ReadStore, packId: string, id: string): string | undefined {
  return store
    .query<{ row: string }>(
      "SELECT row FROM packed_known WHERE pack_id = ? AND stage = 'practice' AND id = ?",
    )
    .get(packId, id)?.row;
}

export function packClaims(store: ReadStore, packId: string): Claim[] {
  return store
    .query<{ rater: string; passphrase: string | null; done: number }>(
      'SELECT rater, passphrase, done FROM pack_claims WHERE pack_id = ? ORDER BY rater',
    )
    .all(packId)
    .map(({ passphrase, ...claim }) => ({
      ...claim,
      passphrase: passphrase === null ? null : (JSON.parse(passphrase) as Claim['passphrase']),
    }));
}

export function keepClaim(
  store: WriteStore,
  { packId, rater }: { readonly packId: string; readonly rater: string },
  session: string,
  passphrase: Claim['passphrase'],
): void {
  store.run(
    `INSERT INTO pack_claims (pack_id, rater, passphrase, session) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET session = excluded.session`,
    packId,
    rater,
    passphrase === null ? null : JSON.stringify(passphrase),
    session,
  );
}

export function claimOfSession(
  store: ReadStore,
  session: string,
): { readonly packId: string; readonly rater: string } | undefined {
  return store
    .query<{ packId: string; rater: string }>(
      'SELECT pack_id AS packId, rater FROM pack_claims WHERE session = ?',
    )
    .get(session);
}

export function addDone(store: WriteStore, packId: string, rater: string, step: number): void {
  store.run('UPDATE pack_claims SET done = done + ? WHERE pack_id = ? AND rater = ?', step, packId, rater);
}

export function appendLogLine(
  store: WriteStore,
  packId: string,
  row: {
    readonly n: number;
    readonly rater: string | null;
    readonly command: string | null;
    readonly at: number;
    readonly line: string;
    readonly chain: string;
  },
): void {
  store.run(
    'INSERT INTO pack_log (pack_id, n, rater, command, at, line) VALUES (?, ?, ?, ?, ?, ?)',
    packId,
    row.n,
    row.rater,
    row.command,
    row.at,
    row.line,
  );
  store.run('UPDATE opened_packs SET rows = ?, chain = ? WHERE pack_id = ?', row.n, row.chain, packId);
}

export function logLines(store: ReadStore, packId: string, rater: string): string[] {
  return store
    .rawQuery<[string]>('SELECT line FROM pack_log WHERE pack_id = ? AND rater = ? ORDER BY n')
    .all(packId, rater)
    .map(([line]) => line);
}

/** Lines of a log after a row, some at a time: a page of a walk that other statements may run between. */
export function logLinesAfter(store: ReadStore, packId: string, after: number, limit: number): string[] {
  return store
    .rawQuery<[string]>('SELECT line FROM pack_log WHERE pack_id = ? AND n > ? ORDER BY n LIMIT ?')
    .all(packId, after, limit)
    .map(([line]) => line);
}

/** The line that a command wrote, and its pack. */
export function findCommand(
  store: ReadStore,
  command: string,
): { readonly packId: string; readonly line: string } | undefined {
  return store
    .query<{ packId: string; line: string }>('SELECT pack_id AS packId, line FROM pack_log WHERE command = ?')
    .get(command);
}

export function newestLogTime(store: ReadStore, packId: string): number | null {
  return (
    store
      .query<{ at: number }>('SELECT at FROM pack_log WHERE pack_id = ? ORDER BY n DESC LIMIT 1')
      .get(packId)?.at ?? null
  );
}
