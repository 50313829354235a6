/** What a store says of itself, for the doctor. */
import type { ReadStore } from './database.ts';

export interface Contradictions {
  /** Rows that refer to rows that are not there. */
  readonly foreignKeys: number;
  /** Presentations that are open and have a vote, or are closed and have none. */
  readonly openWithVote: number;
  /** Raters whose counts are not those of their votes. */
  readonly miscounted: number;
}

export function contradictions(store: ReadStore): Contradictions {
  return {
    foreignKeys: store.pragmaRows('foreign_key_check').length,
    openWithVote: countOf(
      store,
      `SELECT count(*) AS count FROM presentations p WHERE is_open = (
         SELECT r.kind = 'vote' FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1)
         AND NOT (is_open = 1 AND is_asked_again = 1)`,
    ),
    miscounted: countOf(
      store,
      `SELECT count(*) AS count FROM raters WHERE votes + skips <> (
         SELECT count(*) FROM ratings r WHERE r.rater_id = raters.id AND r.kind = 'vote' AND r.role = 'label'
           AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id))`,
    ),
  };
}

export function rowCounts(store: ReadStore): Readonly<Record<'studies' | 'pairs' | 'ratings', number>> {
  return {
    studies: countOf(store, 'SELECT count(*) AS count FROM studies WHERE deleted_at IS NULL'),
    pairs: countOf(store, 'SELECT count(*) AS count FROM pairs'),
    ratings: countOf(store, 'SELECT count(*) AS count FROM ratings'),
  };
}

export function sqliteVersion(store: ReadStore): string {
  return store.query<{ version: string }>('SELECT sqlite_version() AS version').get()?.version ?? '';
}

function countOf(store: ReadStore, sql: string): number {
  return store.query<{ count: number }>(sql).get()?.count ?? 0;
}
