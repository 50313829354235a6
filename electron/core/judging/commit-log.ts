/** Writes many small things in few transactions: each costs a sync of the disk. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { Store, WriteStore } from '../store/engine/database.ts';

/** Work that nobody waits for is committed with what comes within this time. */
const GATHER_MS = 10;
const BUSY_PAUSE_MS = 25;

export class CommitLog {
  readonly #store: Store;
  #waiting: { readonly work: (store: WriteStore) => void; readonly done: PromiseWithResolvers<void> }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #failure: unknown = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** How many pieces of work are not on disk yet. */
  get pending(): number {
    return this.#waiting.length;
  }

  /** Queues work. The promise resolves when it is on disk; do not wait for it without calling {@link flush}. */
  add(work: (store: WriteStore) => void): Promise<void> {
    const done = Promise.withResolvers<void>();
    done.promise.catch(() => undefined);
    if (this.#failure !== null) done.reject(this.#failure);
    else {
      this.#waiting.push({ work, done });
      this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), GATHER_MS);
    }
    return done.promise;
  }

  /** Commits what is queued. Throws what the store threw; then nothing more is taken. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running = this.#running.then(() => this.#commit());
    return this.#running;
  }

  async #commit(): Promise<void> {
    // What arrives in the same turn goes along.
    await new Promise(setImmediate);
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    for (;;) {
      try {
        this.#store.write((store) => {
          for (const { work } of batch) work(store);
        });
        break;
      } catch (error) {
        if (error instanceof ServiceError && error.code === 'store_busy') {
          await sleep(BUSY_PAUSE_MS);
          continue;
        }
        this.#failure = error;
        for (const { done } of batch) done.reject(error);
        throw error;
      }
    }
    for (const { done } of batch) done.resolve();
  }
}
