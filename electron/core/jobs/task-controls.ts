import { ServiceError } from '../../../shared/contract/errors.ts';
import type { JobProgress } from '../../../shared/contract/job-methods.ts';

/** How a long task reports and how it is stopped. */
export interface TaskControls {
  onProgress(progress: JobProgress): void;
  isCancelled(): boolean;
  /** Hands over a piece of the result before the rest is ready. */
  onPartial(partial: unknown): void;
}

export const NO_CONTROLS: TaskControls = {
  onProgress: () => undefined,
  isCancelled: () => false,
  onPartial: () => undefined,
};

/** Throws when the task was asked to stop. */
export function throwIfCancelled(controls: TaskControls): void {
  if (controls.isCancelled()) throw new ServiceError('cancelled', 'Stopped. Nothing was changed.');
}
