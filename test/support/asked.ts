import type { Asked } from '../../electron/core/work/asked.ts';

/** Asked by a command, of a store that can be written. */
export const ASKED: Asked = {
  nowMs: 0,
  readOnlyOf: null,
  durability: { journal_mode: 'wal', synchronous: 2, foreign_keys: 1 },
  isForPage: false,
};
