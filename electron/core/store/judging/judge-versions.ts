import { canonicalJson } from '../../../../shared/json/canonical-json.ts';
import { type JudgeDefinition, judgeDefinitionSchema } from '../../../../shared/judge/judge-definition.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';

/** A judge of a study that can be run from here. */
export interface JudgeVersion {
  readonly judgeId: number;
  /** The definition's name, “@” and the version. */
  readonly name: string;
  readonly version: number;
  readonly contentHash: string;
  readonly definition: JudgeDefinition;
  readonly createdAt: number;
}

interface StoredVersion {
  readonly judgeId: number;
  readonly name: string;
  readonly version: number;
  readonly contentHash: string;
  readonly definition: string;
  readonly createdAt: number;
}

const SELECT = `SELECT v.judge_id AS judgeId, j.name AS name, v.version AS version, v.content_hash AS contentHash,
    v.definition AS definition, v.created_at AS createdAt
  FROM judge_versions v JOIN judges j ON j.id = v.judge_id`;

function versionOf(row: StoredVersion): JudgeVersion {
  return { ...row, definition: judgeDefinitionSchema.parse(JSON.parse(row.definition)) };
}

/** Versions of a study by name, then by version. */
export function listJudgeVersions(store: ReadStore, studyId: number): JudgeVersion[] {
  return store
    .query<StoredVersion>(`${SELECT} WHERE j.study_id = ? AND v.wave_of IS NULL ORDER BY j.name`)
    .all(studyId)
    .map(versionOf)
    .sort((one, two) => compareText(one.definition.name, two.definition.name) || one.version - two.version);
}

export function judgeVersionByName(
  store: ReadStore,
  studyId: number,
  name: string,
): JudgeVersion | undefined {
  const row = store.query<StoredVersion>(`${SELECT} WHERE j.study_id = ? AND j.name = ?`).get(studyId, name);
  return row === undefined ? undefined : versionOf(row);
}

/**
 * Adds the next version of a name, or finds the one with the same content. Declared tuning is part of the definition but
 * not of its content: declaring more of it makes a new version too, because the old one's figures stand as they were.
 */
export function keepJudgeVersion(
  store: WriteStore,
  studyId: number,
  { definition, contentHash, nowMs }: { definition: JudgeDefinition; contentHash: string; nowMs: number },
): { readonly version: JudgeVersion; readonly isNew: boolean } {
  const family = listJudgeVersions(store, studyId).filter(
    ({ definition: { name } }) => name === definition.name,
  );
  const text = canonicalJson(definition);
  const known = family.find(
    (each) => each.contentHash === contentHash && canonicalJson(each.definition) === text,
  );
  if (known !== undefined) return { version: known, isNew: false };
  let number = Math.max(0, ...family.map(({ version }) => version)) + 1;
  // Imported verdicts may stand under such a name already.
  while (isTaken(store, studyId, `${definition.name}@${number}`)) number++;
  const name = `${definition.name}@${number}`;
  const judgeId = store.run('INSERT INTO judges (study_id, name) VALUES (?, ?)', studyId, name).lastId;
  store.run(
    'INSERT INTO judge_versions (judge_id, version, content_hash, definition, created_at) VALUES (?, ?, ?, ?, ?)',
    judgeId,
    number,
    contentHash,
    text,
    nowMs,
  );
  return {
    version: { judgeId, name, version: number, contentHash, definition, createdAt: nowMs },
    isNew: true,
  };
}

function isTaken(store: ReadStore, studyId: number, name: string): boolean {
  return store.query('SELECT 1 FROM judges WHERE study_id = ? AND name = ?').get(studyId, name) !== undefined;
}

function compareText(one: string, two: string): number {
  return one < two ? -1 : one > two ? 1 : 0;
}
