import type { PanelRule } from '../../../../shared/card/judge-panel.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';

export interface StoredPanel {
  readonly name: string;
  readonly rule: PanelRule;
  /** Names of judges of the same study. */
  readonly members: readonly string[];
  readonly weights: readonly number[];
}

export function panelsOf(store: ReadStore, studyId: number): StoredPanel[] {
  return store
    .query<{ name: string; rule: PanelRule; members: string; weights: string }>(
      `SELECT j.name AS name, p.rule AS rule, p.members AS members, p.weights AS weights
       FROM judge_panels p JOIN judges j ON j.id = p.judge_id WHERE j.study_id = ? ORDER BY j.name`,
    )
    .all(studyId)
    .map(({ members, weights, ...panel }) => ({
      ...panel,
      members: JSON.parse(members) as string[],
      weights: JSON.parse(weights) as number[],
    }));
}

/** Adds a panel. Call it inside a transaction. */
export function insertPanel(store: WriteStore, studyId: number, panel: StoredPanel, nowMs: number): void {
  const judgeId = store.run('INSERT INTO judges (study_id, name) VALUES (?, ?)', studyId, panel.name).lastId;
  store.run(
    'INSERT INTO judge_panels (judge_id, rule, members, weights, created_at) VALUES (?, ?, ?, ?, ?)',
    judgeId,
    panel.rule,
    JSON.stringify(panel.members),
    JSON.stringify(panel.weights),
    nowMs,
  );
}
