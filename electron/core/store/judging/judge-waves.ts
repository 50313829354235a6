import type { JudgeVerdict } from '../../../../shared/study/verdict.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import type { JudgeVersion } from './judge-versions.ts';

/** A round of a judge on its anchors. */
export interface StoredWave {
  readonly judgeId: number;
  readonly name: string;
  readonly wave: number;
  readonly startedAt: number;
}

/** Rounds of a judge, first to last. */
export function wavesOf(store: ReadStore, judgeId: number): StoredWave[] {
  return store
    .query<StoredWave>(
      `SELECT v.judge_id AS judgeId, j.name AS name, v.wave AS wave, v.created_at AS startedAt
       FROM judge_versions v JOIN judges j ON j.id = v.judge_id WHERE v.wave_of = ? ORDER BY v.wave`,
    )
    .all(judgeId);
}

/** Adds the next round of a judge: the same definition under a name of its own. Call it inside a transaction. */
export function addWave(store: WriteStore, studyId: number, version: JudgeVersion, nowMs: number): string {
  const wave = wavesOf(store, version.judgeId).length + 1;
  const name = `${version.name} round ${wave}`;
  const judgeId = store.run('INSERT INTO judges (study_id, name) VALUES (?, ?)', studyId, name).lastId;
  store.run(
    `INSERT INTO judge_versions (judge_id, version, content_hash, definition, created_at, wave_of, wave)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    judgeId,
    version.version,
    version.contentHash,
    JSON.stringify(version.definition),
    nowMs,
    version.judgeId,
    wave,
  );
  return name;
}

/** The pairs the first round of a judge was planned on, by their ids in the file; null before there is one. */
export function anchorsOf(store: ReadStore, judgeId: number): readonly string[] | null {
  const row = store
    .query<{ pairs: string | null }>(
      `SELECT json_extract(r.plan, '$.selection.pairs') AS pairs
       FROM judge_runs r JOIN judge_versions v ON v.judge_id = r.judge_id
       WHERE v.wave_of = ? AND v.wave = 1 ORDER BY r.id LIMIT 1`,
    )
    .get(judgeId);
  return row?.pairs == null ? null : (JSON.parse(row.pairs) as string[]);
}

/** Ids of all pairs of a study, in order. */
export function pairNames(store: ReadStore, studyId: number): string[] {
  return store
    .rawQuery<[string]>('SELECT external_id FROM pairs WHERE study_id = ? ORDER BY ordinal')
    .all(studyId)
    .map(([id]) => id);
}

export interface AnchorVerdict {
  readonly pairId: number;
  readonly itemId: number;
  readonly order: string;
  readonly verdict: JudgeVerdict;
}

/** What a round said, the first sample of each order, the last attempt. */
export function verdictsOfWave(store: ReadStore, judgeId: number): AnchorVerdict[] {
  return store
    .query<AnchorVerdict>(
      `SELECT j.pair_id AS pairId, p.item_id AS itemId, j.judge_order AS "order", j.verdict AS verdict
       FROM current_judgments j JOIN pairs p ON p.id = j.pair_id WHERE j.judge_id = ? AND j.sample = 0
       ORDER BY p.ordinal, j.judge_order`,
    )
    .all(judgeId);
}

/** Models that said they answered in a round. */
export function modelsOfWave(store: ReadStore, judgeId: number): string[] {
  return store
    .query<{ model: string }>(
      'SELECT DISTINCT model FROM judge_replies WHERE judge_id = ? AND model IS NOT NULL ORDER BY model',
    )
    .all(judgeId)
    .map(({ model }) => model);
}
