/** Packs that went out from this store, and what came back. */

import { type PackOptions, packOptionsSchema } from '../../../../shared/pack/pack-options.ts';
import type { PresentationKind } from '../../../../shared/study/presentation-kind.ts';
import type { Side } from '../../../../shared/study/verdict.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { OPEN_PAIRS } from '../rating/presentations.ts';

export interface PackRow {
  readonly id: number;
  readonly publicId: string;
  readonly studyId: number;
  readonly name: string;
  readonly madeAt: number;
  readonly closedAt: number | null;
}

export interface PackRevision {
  readonly revision: number;
  readonly options: PackOptions;
  /** As it was written; null before. */
  readonly manifest: string | null;
}

const COLUMNS =
  'id, public_id AS publicId, study_id AS studyId, name, made_at AS madeAt, closed_at AS closedAt';

export function packsOfStudy(store: ReadStore, studyId: number): PackRow[] {
  return store.query<PackRow>(`SELECT ${COLUMNS} FROM packs WHERE study_id = ? ORDER BY id`).all(studyId);
}

export function packByName(store: ReadStore, studyId: number, name: string): PackRow | undefined {
  return store
    .query<PackRow>(`SELECT ${COLUMNS} FROM packs WHERE study_id = ? AND name = ?`)
    .get(studyId, name);
}

export function packByPublicId(store: ReadStore, publicId: string): PackRow | undefined {
  return store.query<PackRow>(`SELECT ${COLUMNS} FROM packs WHERE public_id = ?`).get(publicId);
}

export function insertPack(
  store: WriteStore,
  row: Pick<PackRow, 'publicId' | 'studyId' | 'name' | 'madeAt'>,
): number {
  return store.run(
    'INSERT INTO packs (public_id, study_id, name, made_at) VALUES (?, ?, ?, ?)',
    row.publicId,
    row.studyId,
    row.name,
    row.madeAt,
  ).lastId;
}

export function closePack(store: WriteStore, packId: number, at: number): void {
  store.run('UPDATE packs SET closed_at = ? WHERE id = ? AND closed_at IS NULL', at, packId);
  store.run('UPDATE raters SET is_away = 0 WHERE pack_id = ?', packId);
}

export function packRevisions(store: ReadStore, packId: number): PackRevision[] {
  return store
    .query<{ revision: number; options: string; manifest: string | null }>(
      'SELECT revision, options, manifest FROM pack_revisions WHERE pack_id = ? ORDER BY revision',
    )
    .all(packId)
    .map(({ options, ...row }) => ({ ...row, options: packOptionsSchema.parse(JSON.parse(options)) }));
}

export function insertRevision(
  store: WriteStore,
  packId: number,
  revision: number,
  options: PackOptions,
  at: number,
): void {
  store.run(
    'INSERT INTO pack_revisions (pack_id, revision, options, made_at) VALUES (?, ?, ?, ?)',
    packId,
    revision,
    JSON.stringify(options),
    at,
  );
}

export function keepManifest(store: WriteStore, packId: number, revision: number, manifest: string): void {
  store.run(
    'UPDATE pack_revisions SET manifest = ? WHERE pack_id = ? AND revision = ?',
    manifest,
    packId,
    revision,
  );
}

export interface PackRater {
  readonly id: number;
  readonly name: string;
}

/** Raters of a pack, in the order they were added. */
export function packRaters(store: ReadStore, packId: number): PackRater[] {
  return store.query<PackRater>('SELECT id, name FROM raters WHERE pack_id = ? ORDER BY id').all(packId);
}

export function sendAway(store: WriteStore, raterId: number, packId: number): void {
  store.run('UPDATE raters SET pack_id = ?, is_away = 1 WHERE id = ?', packId, raterId);
}

/** The pack a rater works in; undefined for one who works here. */
export function packOfRater(store: ReadStore, raterId: number): { readonly name: string } | undefined {
  return store
    .query<{ name: string }>('SELECT p.name FROM packs p JOIN raters r ON r.pack_id = p.id WHERE r.id = ?')
    .get(raterId);
}

/** A presentation of a pack, with the responses it shows. */
export interface PackedPresentation {
  readonly id: number;
  readonly publicId: string;
  readonly pairId: number;
  readonly itemId: number;
  readonly kind: PresentationKind;
  readonly leftSide: Side;
  readonly repeatOf: number | null;
  readonly position: number;
  readonly first: number;
  readonly second: number;
  readonly block: number;
}

/** What a rater of a pack is shown, in order. */
export function packedPresentations(store: ReadStore, raterId: number): PackedPresentation[] {
  return store
    .query<PackedPresentation>(
      `SELECT p.id AS id, p.public_id AS publicId, p.pair_id AS pairId, pairs.item_id AS itemId, p.kind AS kind,
              p.left_side AS leftSide, p.repeat_of AS repeatOf, p.position AS position, p.block AS block,
              coalesce(p.first_response_id, pairs.first_response_id) AS first,
              coalesce(p.second_response_id, pairs.second_response_id) AS second
       FROM presentations p JOIN pairs ON pairs.id = p.pair_id WHERE p.rater_id = ? ORDER BY p.position`,
    )
    .all(raterId);
}

/** Whose list of a pack a presentation is on; undefined for one of another pack. */
export function raterOfPresentation(store: ReadStore, packId: number, publicId: string): number | undefined {
  return store
    .query<{ raterId: number }>(
      `SELECT p.rater_id AS raterId FROM presentations p JOIN raters r ON r.id = p.rater_id
       WHERE p.public_id = ? AND r.pack_id = ?`,
    )
    .get(publicId, packId)?.raterId;
}

/** How many of a rater's pairs train. */
export function trainingCount(store: ReadStore, raterId: number): number {
  return (
    store
      .query<{ count: number }>(
        "SELECT count(*) AS count FROM presentations WHERE rater_id = ? AND kind IN ('practice', 'qualifying')",
      )
      .get(raterId)?.count ?? 0
  );
}

/** Pairs a rater was given to label. */
export function labelledPairs(store: ReadStore, raterId: number): Set<number> {
  return new Set(
    store
      .rawQuery<[number]>("SELECT pair_id FROM presentations WHERE rater_id = ? AND kind = 'ordinary'")
      .all(raterId)
      .map(([pairId]) => pairId),
  );
}

export function storedPrompt(store: ReadStore, itemId: number): string {
  return (
    store.query<{ text: string }>('SELECT prompt AS text FROM items WHERE id = ?').get(itemId)?.text ?? '""'
  );
}

export function storedOutput(store: ReadStore, responseId: number): string {
  return (
    store.query<{ text: string }>('SELECT output AS text FROM responses WHERE id = ?').get(responseId)
      ?.text ?? '""'
  );
}

/** Bytes that outputs take as they are stored, which SQLite tells without reading them. */
export function storedBytes(store: ReadStore, responseIds: readonly number[]): Map<number, number> {
  return new Map(
    store
      .rawQuery<[number, number]>(
        'SELECT id, octet_length(output) FROM responses WHERE id IN (SELECT value FROM json_each(?))',
      )
      .all(JSON.stringify(responseIds)),
  );
}

/** How many places of a pair are taken. */
export function takenPlaces(store: ReadStore, pairId: number): number {
  return store.query<{ taken: number }>('SELECT taken FROM pairs WHERE id = ?').get(pairId)?.taken ?? 0;
}

/** How many pairs a rater was given, and how many have a vote. */
export function answeredOfRater(
  store: ReadStore,
  raterId: number,
): { readonly answered: number; readonly presentations: number } {
  const { listed, open } = store
    .query<{ listed: number; open: number }>(
      `SELECT (SELECT coalesce(max(position), -1) + 1 FROM presentations WHERE rater_id = asked.rater) AS listed,
         (SELECT count(*) FROM ${OPEN_PAIRS} WHERE p.rater_id = asked.rater AND p.is_open = 1) AS open
       FROM (SELECT ? AS rater) asked`,
    )
    .get(raterId) ?? { listed: 0, open: 0 };
  return { answered: listed - open, presentations: listed };
}
