import { ServiceError } from '../../../../shared/errors/errors.ts';
import { type StudyDesign, writtenDesignSchema } from '../../../../shared/study/study.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { insertGuideline } from './guidelines.ts';

/** A study as stored. */
export interface StudyRow {
  readonly id: number;
  readonly publicId: string;
  readonly name: string;
  readonly isSynthetic: boolean;
  readonly createdAt: number;
  readonly unblindedAt: number | null;
  /** Since when it is out of the way; null where it is not. */
  readonly archivedAt: number | null;
  /** The version of guideline and rubric that counts. */
  readonly guidelineVersion: number;
  readonly design: StudyDesign;
}

/** A study as raters' work knows it: without the text of its guideline. */
export interface RatedStudy extends Omit<StudyRow, 'design' | 'archivedAt'> {
  readonly design: Omit<StudyDesign, 'guideline'>;
}

/** Columns of a {@link RatedStudy}, beside those of a rater of it. */
export interface StoredRules {
  readonly study_id: number;
  readonly study_public_id: string;
  readonly study_name: string;
  readonly study_created_at: number;
  readonly is_synthetic: number;
  readonly unblinded_at: number | null;
  readonly guideline_version: number;
  readonly design: string;
  readonly seed: string;
  readonly rubric: string;
}

/** The rules read last, by what they were read from: one vote after another is given under the same. */
let lastRules: { readonly written: string; readonly design: Omit<StudyDesign, 'guideline'> } | null = null;

export function ratedStudyOf(row: StoredRules): RatedStudy {
  const written = `{"rubric":${row.rubric},"seed":${JSON.stringify(row.seed)},"rules":${row.design}}`;
  if (lastRules?.written !== written) {
    const { rules, ...rest } = JSON.parse(written) as { rules: object };
    const { guideline: _none, ...design } = writtenDesignSchema.parse({ ...rules, ...rest, guideline: '' });
    lastRules = { written, design };
  }
  return {
    id: row.study_id,
    publicId: row.study_public_id,
    name: row.study_name,
    isSynthetic: row.is_synthetic === 1,
    createdAt: row.study_created_at,
    unblindedAt: row.unblinded_at,
    guidelineVersion: row.guideline_version,
    design: lastRules.design,
  };
}

interface StoredStudy {
  id: number;
  public_id: string;
  name: string;
  design: string;
  seed: string;
  guideline: string;
  guideline_version: number;
  rubric: string;
  is_synthetic: number;
  created_at: number;
  unblinded_at: number | null;
  archived_at: number | null;
}

/** Of a deleted study there is no guideline, and so it is found by nothing that asks for studies. */
const STUDY = `SELECT studies.*, g.guideline AS guideline, g.version AS guideline_version, g.rubric AS rubric
  FROM studies JOIN guidelines g ON g.study_id = studies.id
    AND g.version = (SELECT max(version) FROM guidelines WHERE study_id = studies.id)`;

function studyOf(row: StoredStudy): StudyRow {
  return {
    id: row.id,
    publicId: row.public_id,
    name: row.name,
    isSynthetic: row.is_synthetic === 1,
    createdAt: row.created_at,
    unblindedAt: row.unblinded_at,
    archivedAt: row.archived_at,
    guidelineVersion: row.guideline_version,
    design: writtenDesignSchema.parse({
      ...JSON.parse(row.design),
      guideline: row.guideline,
      rubric: JSON.parse(row.rubric),
      seed: row.seed,
    }),
  };
}

export function listStudies(store: ReadStore): StudyRow[] {
  return store.query<StoredStudy>(`${STUDY} ORDER BY created_at, id`).all().map(studyOf);
}

/** Whether any study is here, or was: of one that was deleted, the log is left. */
export function hasStudy(store: ReadStore): boolean {
  return store.query('SELECT 1 FROM studies LIMIT 1').get() !== undefined;
}

export function studyByPublicId(store: ReadStore, publicId: string): StudyRow | undefined {
  const row = store.query<StoredStudy>(`${STUDY} WHERE public_id = ?`).get(publicId);
  return row === undefined ? undefined : studyOf(row);
}

export function studyById(store: ReadStore, id: number): StudyRow | undefined {
  const row = store.query<StoredStudy>(`${STUDY} WHERE studies.id = ?`).get(id);
  return row === undefined ? undefined : studyOf(row);
}

export function studyByName(store: ReadStore, name: string): StudyRow | undefined {
  const row = store.query<StoredStudy>(`${STUDY} WHERE name = ?`).get(name);
  return row === undefined ? undefined : studyOf(row);
}

export function insertStudy(
  store: WriteStore,
  study: Pick<StudyRow, 'publicId' | 'name' | 'isSynthetic' | 'createdAt' | 'design'> & {
    /** Every version of what raters were asked, where there were several; the last is the design's. */
    readonly guidelines?: readonly (Pick<StudyDesign, 'guideline' | 'rubric'> & {
      readonly createdAt: string;
    })[];
  },
): number {
  const { lastId } = store.run(
    'INSERT INTO studies (public_id, name, design, seed, is_synthetic, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    study.publicId,
    study.name,
    rulesText(study.design),
    study.design.seed,
    study.isSynthetic ? 1 : 0,
    study.createdAt,
  );
  if (study.guidelines === undefined) insertGuideline(store, lastId, study.design, study.createdAt);
  for (const asked of study.guidelines ?? [])
    insertGuideline(store, lastId, asked, Date.parse(asked.createdAt));
  return lastId;
}

/** Changes the rules of a study. Another guideline or rubric becomes its next version. */
export function updateDesign(store: WriteStore, study: StudyRow, design: StudyDesign, at: number): void {
  store.run('UPDATE studies SET design = ? WHERE id = ?', rulesText(design), study.id);
  const asks = ({ guideline, rubric }: StudyDesign) => JSON.stringify([guideline, rubric]);
  if (asks(design) !== asks(study.design)) insertGuideline(store, study.id, design, at);
}

/** The part of a design that stands in the study's own row. */
function rulesText({ guideline: _guideline, rubric: _rubric, seed: _seed, ...rules }: StudyDesign): string {
  return JSON.stringify(rules);
}

export function renameStudy(store: WriteStore, studyId: number, name: string): void {
  store.run('UPDATE studies SET name = ? WHERE id = ?', name, studyId);
}

/** @param at null takes it out of the archive */
export function markArchived(store: WriteStore, studyId: number, at: number | null): void {
  store.run('UPDATE studies SET archived_at = ? WHERE id = ?', at, studyId);
}

export function markUnblinded(store: WriteStore, studyId: number, at: number): void {
  store.run('UPDATE studies SET unblinded_at = ? WHERE id = ? AND unblinded_at IS NULL', at, studyId);
}

/** Pairs are numbered without gaps, so the count is one index step and not a scan. */
export function pairCountOf(store: ReadStore, studyId: number): number {
  const row = store
    .query<{ last: number | null }>('SELECT max(ordinal) AS last FROM pairs WHERE study_id = ?')
    .get(studyId);
  return row?.last === null || row?.last === undefined ? 0 : row.last + 1;
}

export function countOf(store: ReadStore, studyId: number, table: 'items' | 'systems'): number {
  const sql = `SELECT count(*) AS count FROM ${table} WHERE study_id = ?`;
  return store.query<{ count: number }>(sql).get(studyId)?.count ?? 0;
}

export function identityFindingCount(store: ReadStore, studyId: number): number {
  return (
    store
      .query<{ count: number }>(
        `SELECT count(*) AS count FROM identity_findings f CROSS JOIN responses r ON r.id = f.response_id
         JOIN items i ON i.id = r.item_id WHERE i.study_id = ?`,
      )
      .get(studyId)?.count ?? 0
  );
}

/** How many pairs carry each value of each slice. */
export function sliceCounts(
  store: ReadStore,
  studyId: number,
): { name: string; value: string; pairs: number }[] {
  return store
    .query<{ name: string; value: string; pairs: number }>(
      'SELECT name, value, pairs FROM slice_counts WHERE study_id = ? ORDER BY name, value',
    )
    .all(studyId);
}

/** Counts more pairs under a slice value. */
export function addToSlice(
  store: WriteStore,
  studyId: number,
  name: string,
  value: string,
  pairs: number,
): void {
  store.run(
    `INSERT INTO slice_counts (study_id, name, value, pairs) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET pairs = pairs + excluded.pairs`,
    studyId,
    name,
    value,
    pairs,
  );
}

function wasDeleted(store: ReadStore, publicId: string): boolean {
  const row = store
    .query('SELECT 1 FROM studies WHERE public_id = ? AND deleted_at IS NOT NULL')
    .get(publicId);
  return row !== undefined;
}

/** How many studies were deleted: while that stays the same, numbers of rows are given out once. */
export function deletionCount(store: ReadStore): number {
  const sql = 'SELECT count(*) AS count FROM studies WHERE deleted_at IS NOT NULL';
  return store.query<{ count: number }>(sql).get()?.count ?? 0;
}

/** Throws `conflict` where nothing new begins in a study. */
export function requireNotArchived({ name, archivedAt }: Pick<StudyRow, 'name' | 'archivedAt'>): void {
  if (archivedAt !== null)
    throw new ServiceError('conflict', { key: 'rating.study_archived', values: { name } });
}

/** A study by the id that pages know it by. Throws `not_found` without it. */
export function requireStudy(store: ReadStore, studyId: string): StudyRow {
  const study = studyByPublicId(store, studyId);
  if (study !== undefined) return study;
  throw new ServiceError('not_found', {
    key: wasDeleted(store, studyId) ? 'rating.study_deleted' : 'rating.study_unknown',
  });
}

/** Whether the day until which a study may be kept is over, everywhere on earth. */
export function isOverdue({ design }: Pick<StudyRow, 'design'>, nowMs: number): boolean {
  if (design.retainUntil === null) return false;
  const dayMs = 24 * 60 * 60 * 1000;
  return nowMs > Date.parse(design.retainUntil) + 1.5 * dayMs;
}
