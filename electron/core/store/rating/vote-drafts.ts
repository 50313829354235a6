/** What raters have said of pairs that have no vote yet. */
import type { VoteDraft } from '../../../../shared/contract/rating-methods.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { OPEN_PAIRS } from './presentations.ts';

/** Keeps the draft on a presentation; null takes it away. */
export function putDraft(store: WriteStore, presentation: string, draft: VoteDraft | null, at: number): void {
  if (draft === null) {
    store.run('DELETE FROM vote_drafts WHERE presentation = ?', presentation);
    return;
  }
  store.run(
    `INSERT INTO vote_drafts (presentation, draft, kept_at) VALUES (?, ?, ?)
     ON CONFLICT (presentation) DO UPDATE SET draft = excluded.draft, kept_at = excluded.kept_at`,
    presentation,
    JSON.stringify(draft),
    at,
  );
}

/** The drafts on some presentations. */
export function draftsOn(
  store: ReadStore,
  presentations: readonly string[],
): { readonly presentationId: string; readonly draft: VoteDraft }[] {
  return presentations.flatMap((presentationId) => {
    const row = store
      .query<{ draft: string }>('SELECT draft FROM vote_drafts WHERE presentation = ?')
      .get(presentationId);
    return row === undefined ? [] : [{ presentationId, draft: JSON.parse(row.draft) as VoteDraft }];
  });
}

/** Takes all drafts of a rater away. */
export function dropDraftsOf(store: WriteStore, raterId: number): void {
  store.run(
    `DELETE FROM vote_drafts WHERE presentation IN (SELECT public_id FROM ${OPEN_PAIRS} WHERE p.rater_id = ? AND p.is_open = 1)`,
    raterId,
  );
}
