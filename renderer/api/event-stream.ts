/** One stream of events for the whole page, however many screens listen; a browser allows few connections. */
import type { AppEvent, Unsubscribe } from '../../shared/contract/events.ts';
import { readServerSentEvents } from './server-sent-events.ts';

const RECONNECT_MS = 1500;

/** What may have changed while nobody listened. */
const MISSED: readonly AppEvent[] = (['studies', 'ratings', 'settings', 'mappings'] as const).map((area) => ({
  type: 'changed',
  area,
}));

export class EventStream {
  readonly #open: (signal: AbortSignal) => Promise<Response>;
  readonly #listeners = new Set<(event: AppEvent) => void>();
  #abort: AbortController | null = null;
  #hasMissed = false;

  constructor(open: (signal: AbortSignal) => Promise<Response>) {
    this.#open = open;
    // Hidden tabs give their connection back: six of them would leave none for votes.
    document.addEventListener('visibilitychange', () => this.#follow());
  }

  subscribe(listener: (event: AppEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    this.#follow();
    return () => {
      this.#listeners.delete(listener);
      // A screen that makes place for another leaves and joins in one breath.
      setTimeout(() => this.#follow(), 0);
    };
  }

  /** Listens anew: what ended the stream for good has changed. */
  restart(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#hasMissed = true;
    this.#follow();
  }

  #follow(): void {
    const isWanted = this.#listeners.size > 0 && document.visibilityState === 'visible';
    if (isWanted && this.#abort === null) void this.#listen();
    else if (!isWanted && this.#abort !== null) {
      this.#abort.abort();
      this.#abort = null;
      this.#hasMissed = this.#listeners.size > 0;
    }
  }

  async #listen(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    while (!abort.signal.aborted) {
      try {
        const response = await this.#open(abort.signal);
        if (response.status === 401) return;
        if (this.#hasMissed) for (const event of MISSED) this.#announce(event);
        this.#hasMissed = true;
        if (response.body !== null) {
          for await (const data of readServerSentEvents(response.body))
            this.#announce(JSON.parse(data) as AppEvent);
        }
      } catch {
        // The host went away or the stream was cut; both end in another try.
      }
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  }

  #announce(event: AppEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
