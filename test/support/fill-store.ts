/** Fills a store as some version of the app had filled it: with what it knew, by the columns that the store has. */
import type { Store, WriteStore } from '../../electron/core/store/engine/database.ts';
import { schemaVersionOf } from '../../electron/core/store/engine/migrate.ts';

export type Row = Readonly<Record<string, string | number | null>>;

export interface Filling {
  readonly write: WriteStore;
  /** Whether the store has what a step made. */
  readonly has: (step: number) => boolean;
  /** Whether the app of then knew what a step made. */
  readonly knows: (step: number) => boolean;
  readonly add: (table: string, ...rows: readonly Row[]) => void;
}

/** @param known the last step that the app of then knew */
export function fill(store: Store, known: number, work: (filling: Filling) => void): void {
  store.write((write) => {
    const schema = schemaVersionOf(write);
    work({
      write,
      has: (step) => schema >= step,
      knows: (step) => known >= step,
      add: (table, ...rows) => {
        for (const row of rows) addRow(write, table, row);
      },
    });
  });
}

/** The columns where they are to be there, and none where not. */
export const when = (isSo: boolean, row: Row): Row => (isSo ? row : {});

function addRow(write: WriteStore, table: string, row: Row): void {
  const columns = Object.keys(row);
  write.run(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...Object.values(row),
  );
}

export interface Shown {
  readonly rater: number;
  readonly pair: number;
  readonly position: number;
  readonly isFirstLeft: boolean;
  /** Verdicts, one in place of the other, and “undone”. */
  readonly said: readonly string[];
  readonly kind?: string;
  readonly role?: string;
  readonly repeat_of?: number;
  readonly review_id?: number;
}

/** A presentation, what was said of it, and what the log says of that, as the app writes all three. */
export function present(filling: Filling, shown: Shown): void {
  const { write, add } = filling;
  const { rater, pair, position, isFirstLeft, said, role, ...more } = shown;
  const left = isFirstLeft ? 'first' : 'second';
  add('presentations', {
    public_id: `shown-${position}-${rater}`,
    rater_id: rater,
    pair_id: pair,
    position,
    left_side: left,
    created_at: 60 + position,
    ...more,
  });
  const last = (table: string) =>
    write.query<{ id: number }>(`SELECT max(id) AS id FROM ${table}`).get()?.id ?? 0;
  const presentation = last('presentations');
  said.forEach((each, turn) => {
    const isUndone = each === 'undone';
    add('ratings', {
      command_id: `c-${rater}-${position}-${turn}`,
      rater_id: rater,
      pair_id: pair,
      presentation_id: presentation,
      kind: isUndone ? 'retraction' : 'vote',
      verdict: isUndone ? null : each,
      skip_reason: each === 'skipped' ? 'unclear' : null,
      note: isUndone ? null : `note ${turn}`,
      left_side: left,
      viewed_ms: 900,
      recorded_at: 70 + position,
      supersedes: turn === 0 ? null : last('ratings'),
      ...when(role !== undefined, { role: role ?? null }),
    });
    write.run('UPDATE presentations SET is_open = ? WHERE id = ?', isUndone ? 1 : 0, presentation);
    // Older stores say which rating a row records, and no more.
    log(filling, isUndone ? 'rating.retracted' : 'rating.recorded', { ratingId: last('ratings') });
  });
}

const AUDIT_CHAIN = 40;

/** Appends to the log, which was no chain at first. */
export function log({ write, has, add }: Filling, action: string, details: unknown): void {
  const entry = { at: 9, study_id: 1, actor: 'somebody', action, details: JSON.stringify(details) };
  if (!has(AUDIT_CHAIN)) add('audit_log', entry);
  else
    write.run(
      `WITH entry (at, study_id, actor, action, details) AS (VALUES (?, ?, ?, ?, ?))
       INSERT INTO audit_log (id, at, study_id, actor, action, details, hash)
       SELECT entries + 1, at, study_id, actor, action, details,
         audit_hash(hash, entries + 1, at, study_id, actor, action, details)
       FROM entry CROSS JOIN audit_head`,
      ...Object.values(entry),
    );
}
