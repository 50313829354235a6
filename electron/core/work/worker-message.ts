import type { ErrorCode } from '../../../shared/errors/errors.ts';
import type { ErrorMessage } from '../../../shared/errors/messages.ts';

/** What goes to a thread: a task, or the wish that it forgets what it keeps. */
export type WorkerInput = TaskInput | 'forget';

export interface TaskInput {
  readonly task: string;
  readonly request: unknown;
  /** One integer, set to 1 by the owner to ask for a stop. */
  readonly cancelFlag: Int32Array;
}

/** What comes back from it. */
export type WorkerMessage =
  | { readonly type: 'progress'; readonly progress: unknown }
  | { readonly type: 'partial'; readonly partial: unknown }
  | ({
      /** What the thread holds of memory once the task is over. */
      readonly heldBytes: number;
    } & TaskEnd);

export type TaskEnd =
  | { readonly type: 'done'; readonly result: unknown }
  | {
      readonly type: 'failed';
      readonly code: ErrorCode;
      readonly said: ErrorMessage;
      readonly details: Readonly<Record<string, unknown>> | undefined;
    }
  /** The program is at fault, as its stack tells. */
  | { readonly type: 'broken'; readonly stack: string };
