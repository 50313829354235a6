import type { FileProgress } from '../../../shared/contract/job-methods.ts';
import type { TaskControls } from './task-controls.ts';

/** What a thread can run: a request that can be cloned in, a result that can be cloned out. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters of any function
export type TaskFunction = (request: any, controls: any) => unknown;

interface TaskTraits {
  /** Changes nothing, so that its thread may be ended at any point. */
  readonly onlyReads?: true;
  /** May leave memory behind that nothing needs again: its thread is kept only where that is little. */
  readonly fillsMemory?: true;
}

/**
 * Names long work that runs in a thread of its own. The thread finds the function by the name, so that whoever asks for the work
 * loads nothing of it.
 */
export interface WorkerTask<Run extends TaskFunction> extends TaskTraits {
  readonly name: string;
  /** Never set: it carries the type. */
  readonly run?: Run;
}

export type RequestOf<Run extends TaskFunction> = Parameters<Run>[0];
export type ResultOf<Run extends TaskFunction> = Awaited<ReturnType<Run>>;
/** What a task tells while it runs. */
export type ProgressOf<Run extends TaskFunction> = Parameters<Run>[1] extends
  | TaskControls<infer Progress>
  | undefined
  ? Progress
  : FileProgress;

export function workerTask<Run extends TaskFunction>(name: string, traits: TaskTraits = {}): WorkerTask<Run> {
  return { name, ...traits };
}
