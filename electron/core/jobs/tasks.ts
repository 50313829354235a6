/** Long work that must not run on the thread that serves keys. */
import { computeCard } from '../agreement/compute-card.ts';
import { findComparisons } from '../agreement/find-comparisons.ts';
import { runExport } from '../exports/run-export.ts';
import { runImport } from '../imports/run-import.ts';

/** Every task by name: a request that can be cloned in, a result that can be cloned out. */
export const TASKS = {
  import: runImport,
  card: computeCard,
  comparisons: findComparisons,
  export: runExport,
} as const;

export type TaskName = keyof typeof TASKS;
export type TaskRequest<Name extends TaskName> = Parameters<(typeof TASKS)[Name]>[0];
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]>>;
