import type { ExportedSystem } from '../../../../shared/formats/harness/write/harness-exporter.ts';
import type { ReadStore } from '../engine/database.ts';

/** How often each system was judged against another, and how often it was what the other was measured against. */
export function judgedSystems(
  store: ReadStore,
  studyId: number,
): { readonly judgedPairs: number; readonly systems: ExportedSystem[] } {
  const systems = store
    .query<ExportedSystem>(
      `WITH judged AS (
         SELECT p.first_response_id AS first, p.second_response_id AS second,
           max(coalesce(j.score_kind = 'preference' AND j.score_first < j.score_second, 0)) AS first_is_baseline,
           max(coalesce(j.score_kind = 'preference' AND j.score_first > j.score_second, 0)) AS second_is_baseline
         FROM pairs p JOIN judgments j ON j.pair_id = p.id WHERE p.study_id = ? GROUP BY p.id
       ), sides AS (
         SELECT a.system_id AS system, b.system_id AS other, first_is_baseline AS is_baseline FROM judged
           JOIN responses a ON a.id = first JOIN responses b ON b.id = second
         UNION ALL
         SELECT b.system_id, a.system_id, second_is_baseline FROM judged
           JOIN responses a ON a.id = first JOIN responses b ON b.id = second
       )
       SELECT (SELECT name FROM systems WHERE id = system) AS name, count(*) AS judgedPairs,
         sum(is_baseline) AS timesBaseline
       FROM sides WHERE system <> other GROUP BY system ORDER BY 1`,
    )
    .all(studyId);
  const judgedPairs = systems.reduce((sum, system) => sum + system.judgedPairs, 0) / 2;
  return { judgedPairs, systems };
}
