import type { ChangedArea } from './changed-area.ts';
import type { JobStatus } from './job-methods.ts';

/** What a host tells its pages. Events announce; the truth is fetched. */
export type AppEvent =
  | { readonly type: 'changed'; readonly area: ChangedArea }
  /** A file was handed to the app from outside: opened with it, or dropped on it. */
  | { readonly type: 'handed' }
  | { readonly type: 'job'; readonly jobId: string; readonly state: JobStatus['state'] };

export type Unsubscribe = () => void;
