import type { ReportRequest } from './context/run-report.ts';
import { REPORTS } from './reports.ts';
import { type ReadStore, Store } from './store/engine/database.ts';
import type { Asked } from './work/asked.ts';

/** Answers a method in this thread, which opens the store for itself. */
export async function answerReport({ name, input, storePath, ...asked }: ReportRequest): Promise<unknown> {
  // The table is typed per name; here the name is only known at run time.
  const report = (await REPORTS[name]()) as (store: ReadStore, input: unknown, asked: Asked) => unknown;
  const store = new Store(storePath, { readonly: true, readOnlyOf: asked.readOnlyOf });
  try {
    return store.read(() => report(store, input, asked));
  } finally {
    store.close();
  }
}
