import type { StoredPresentation } from '../../../../shared/blind/visibility.ts';
import type { PresentationKind } from '../../../../shared/study/presentation-kind.ts';
import type { Side } from '../../../../shared/study/verdict.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { conversationOf } from '../engine/stored-text.ts';

export interface StoredRow {
  publicId: string;
  pairId: number;
  externalId: string;
  ordinal: number;
  position: number;
  leftSide: Side;
  prompt: string;
  reference: string | null;
  firstOutput: string;
  secondOutput: string;
  firstSystem: string;
  secondSystem: string;
  slices: string;
  kind: PresentationKind;
}

/** Columns of a {@link StoredRow}, and the tables beside `presentations p` that they stand in. */
export const SHOWN_COLUMNS = `p.public_id AS publicId, p.pair_id AS pairId, pairs.external_id AS externalId,
    pairs.ordinal AS ordinal, p.position AS position, p.left_side AS leftSide, items.prompt AS prompt,
    items.reference AS reference, f.output AS firstOutput, s.output AS secondOutput, fs.name AS firstSystem,
    ss.name AS secondSystem, pairs.slices AS slices, p.kind AS kind`;
export const SHOWN_TABLES = `LEFT JOIN pairs ON pairs.id = p.pair_id
  LEFT JOIN items ON items.id = pairs.item_id
  LEFT JOIN responses f ON f.id = coalesce(p.first_response_id, pairs.first_response_id)
  LEFT JOIN systems fs ON fs.id = f.system_id
  LEFT JOIN responses s ON s.id = coalesce(p.second_response_id, pairs.second_response_id)
  LEFT JOIN systems ss ON ss.id = s.system_id`;

/** Whether a presentation `p` comes before the work. */
export const IS_TRAINING = "(p.kind IN ('practice', 'qualifying'))";

/** Presentations `p` of a rater that are open: few, found without a look at those that are done. Ask for `p.is_open = 1`. */
export const OPEN_PAIRS = 'presentations p INDEXED BY presentations_open';

/** Those of them that are shown: whatever was opened of a pair that is left out waits until it is taken back. */
export const SERVED_PAIRS = `${OPEN_PAIRS} CROSS JOIN pairs served ON served.id = p.pair_id AND served.is_left_out = 0`;

/** One presentation with everything the store knows. */
export function storedPresentationById(store: ReadStore, id: number): StoredPresentation | undefined {
  const row = store
    .query<StoredRow>(`SELECT ${SHOWN_COLUMNS} FROM presentations p ${SHOWN_TABLES} WHERE p.id = ?`)
    .get(id);
  return row === undefined ? undefined : storedPresentation(row);
}

export function storedPresentation({
  publicId,
  prompt,
  firstOutput,
  secondOutput,
  ...rest
}: StoredRow): StoredPresentation {
  return {
    ...rest,
    presentationId: publicId,
    task: conversationOf(prompt, 'user'),
    firstOutput: conversationOf(firstOutput, 'assistant'),
    secondOutput: conversationOf(secondOutput, 'assistant'),
  };
}

/** A pair that a rater was given, without its texts. */
export interface GivenPair {
  readonly id: number;
  readonly leftSide: Side;
  readonly isOpen: boolean;
  readonly kind: PresentationKind;
  readonly block: number;
  readonly position: number;
}

/** A rater's own presentation by its id on the page; undefined for one of somebody else. */
export function givenPair(store: ReadStore, raterId: number, publicId: string): GivenPair | undefined {
  const row = store
    .query<Omit<GivenPair, 'isOpen'> & { isOpen: number }>(
      `SELECT id, left_side AS leftSide, is_open AS isOpen, kind, block, position FROM presentations
       WHERE public_id = ? AND rater_id = ?`,
    )
    .get(publicId, raterId);
  return row === undefined ? undefined : { ...row, isOpen: row.isOpen === 1 };
}

/** How far a rater ever got, as an expression: one more than the last position that was answered, also if undone. */
export const answeredOf = (rater: string) =>
  `coalesce((SELECT position + 1 FROM presentations p WHERE p.rater_id = ${rater}
    AND EXISTS (SELECT 1 FROM ratings r WHERE r.presentation_id = p.id) ORDER BY position DESC LIMIT 1), 0)`;

export function answeredPositions(store: ReadStore, raterId: number): number {
  return (
    store
      .query<{ answered: number }>(
        `SELECT ${answeredOf('asked.rater')} AS answered FROM (SELECT ? AS rater) asked`,
      )
      .get(raterId)?.answered ?? 0
  );
}

/** Whether any rater was ever given this pair, or voted on it elsewhere. */
export function isPresentedOrVoted(store: ReadStore, pairId: number): boolean {
  return (
    store
      .query(
        `SELECT 1 WHERE EXISTS (SELECT 1 FROM presentations WHERE pair_id = ?)
           OR EXISTS (SELECT 1 FROM ratings WHERE pair_id = ?)`,
      )
      .get(pairId, pairId) !== undefined
  );
}

/** Whether any pair of a study was given to a rater to label, or has a label from elsewhere. */
export function isAnyPairRated(store: ReadStore, studyId: number): boolean {
  return (
    store
      .query(
        `SELECT 1 FROM raters WHERE study_id = ? AND (
           EXISTS (SELECT 1 FROM presentations p WHERE p.rater_id = raters.id AND p.kind = 'ordinary')
           OR EXISTS (SELECT 1 FROM ratings r WHERE r.rater_id = raters.id AND r.role = 'label')) LIMIT 1`,
      )
      .get(studyId) !== undefined
  );
}

/** Whether a rater of this name was ever given this pair. */
export function wasPresented(store: ReadStore, pairId: number, rater: string): boolean {
  return (
    store
      .query(
        'SELECT 1 FROM presentations p JOIN raters ON raters.id = p.rater_id WHERE p.pair_id = ? AND raters.name = ? LIMIT 1',
      )
      .get(pairId, rater) !== undefined
  );
}

/** A presentation to be made. Outputs are named only where they are not the pair's own. */
export interface NewPresentation {
  readonly publicId: string;
  readonly raterId: number;
  readonly pairId: number;
  readonly leftSide: Side;
  readonly kind: PresentationKind;
  readonly repeatOf: number | null;
  readonly outputs: { readonly first: number; readonly second: number } | null;
  readonly block: number;
  readonly createdAt: number;
  readonly reviewId?: number;
}

/** Appends a presentation to what the rater was given, and returns its number in the store. */
export function insertPresentation(store: WriteStore, row: NewPresentation): number {
  return store.run(
    `INSERT INTO presentations (public_id, rater_id, pair_id, position, left_side, created_at, kind, repeat_of,
       first_response_id, second_response_id, block, review_id)
     VALUES (?, ?, ?, (SELECT coalesce(max(position), -1) + 1 FROM presentations WHERE rater_id = ?),
       ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.publicId,
    row.raterId,
    row.pairId,
    row.raterId,
    row.leftSide,
    row.createdAt,
    row.kind,
    row.repeatOf,
    row.outputs?.first ?? null,
    row.outputs?.second ?? null,
    row.block,
    row.reviewId ?? null,
  ).lastId;
}

/** Where a rater's list ends, and the number that the store's next presentation has. */
export function endOfList(
  store: ReadStore,
  raterId: number,
): { readonly position: number; readonly id: number } {
  return {
    position:
      store
        .query<{ next: number }>(
          'SELECT coalesce(max(position), -1) + 1 AS next FROM presentations WHERE rater_id = ?',
        )
        .get(raterId)?.next ?? 0,
    id:
      store.query<{ next: number }>('SELECT coalesce(max(id), 0) + 1 AS next FROM presentations').get()
        ?.next ?? 1,
  };
}

/** A presentation whose number in the store and place in its rater's list are settled by who makes many. */
export interface NumberedPresentation extends Omit<NewPresentation, 'reviewId'> {
  readonly id: number;
  readonly position: number;
}

const COLUMNS = [
  'id',
  'public_id',
  'rater_id',
  'pair_id',
  'position',
  'left_side',
  'created_at',
  'kind',
  'repeat_of',
  'first_response_id',
  'second_response_id',
  'block',
];

/** Inserts many presentations together. */
export function insertPresentations(store: WriteStore, rows: readonly NumberedPresentation[]): void {
  const values = rows.map((row) => [
    row.id,
    row.publicId,
    row.raterId,
    row.pairId,
    row.position,
    row.leftSide,
    row.createdAt,
    row.kind,
    row.repeatOf,
    row.outputs?.first ?? null,
    row.outputs?.second ?? null,
    row.block,
  ]);
  store.insertTogether('presentations', COLUMNS, values);
}
