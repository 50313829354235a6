import type { FileProgress } from '../../../shared/contract/job-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';

/** How a long task reports and how it is stopped. */
export interface TaskControls<Progress = FileProgress> {
  onProgress(progress: Progress): void;
  isCancelled(): boolean;
  /** Hands over a piece of the result before the rest is ready. */
  onPartial(partial: unknown): void;
}

export const NO_CONTROLS: TaskControls<unknown> = {
  onProgress: () => undefined,
  isCancelled: () => false,
  onPartial: () => undefined,
};

/** Throws when the task was asked to stop. */
export function throwIfCancelled(controls: Pick<TaskControls, 'isCancelled'>): void {
  if (controls.isCancelled()) throw new ServiceError('cancelled', { key: 'call.cancelled' });
}
