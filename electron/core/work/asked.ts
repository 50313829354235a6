import type { Durability } from '../store/engine/database.ts';

/** Who asks. */
export interface Asked {
  readonly nowMs: number;
  /** The store that is answered from, where that is a copy: it may only be read. */
  readonly readOnlyOf: string | null;
  /** Of the connection that serves: a report has another one, which only reads. */
  readonly durability: Durability;
  /** Whether the answer goes to a page: while a study is blind, nothing there rests on few pairs. */
  readonly isForPage: boolean;
}
