import type { Transport } from '../../shared/contract/client.ts';
import { type Envelope, failure } from '../../shared/contract/envelope.ts';
import type { AppEvent, Unsubscribe } from '../../shared/contract/events.ts';
import { EventStream } from './event-stream.ts';
import { readReply } from './read-reply.ts';

const TOKEN_KEY = 'touchstone-token';

const UNREACHABLE = failure('unreachable', { key: 'call.no_answer' });

/**
 * The page's side of the loopback host. The one-time code of the launch address is exchanged for a token, which is kept with the
 * browser's profile and sent as a header: other tabs of this address have it, too, as long as the host runs. Storage is bound to
 * host and port. A cookie would go to every port of this machine, and so to servers of its other users.
 */
export class HttpTransport implements Transport {
  #token = localStorage.getItem(TOKEN_KEY) ?? '';
  /** What was said of the address this window was opened by, where it gave no key. */
  #refusal: Envelope<unknown> | null = null;
  readonly #keyListeners = new Set<() => void>();
  readonly #events = new EventStream((signal) => fetch('/events', { headers: this.#headers(), signal }));

  constructor() {
    // The host was started anew, and another tab was opened by its address.
    window.addEventListener('storage', ({ key }) => {
      if (key === TOKEN_KEY && this.#takeKeptToken()) this.#tellOfKey();
    });
  }

  /** Has a function called when the page has a key again that it had not. */
  onNewKey(listener: () => void): void {
    this.#keyListeners.add(listener);
  }

  /** Exchanges the code in the address, if there is one, and takes it out of the address. */
  async launch(): Promise<void> {
    const code = /^#launch=([0-9a-f]+)$/u.exec(location.hash)?.[1];
    if (code === undefined) return;
    history.replaceState(null, '', '/');
    const envelope = await this.#post('/launch', JSON.stringify({ code }));
    const { value } = envelope as { value?: { token?: unknown } };
    if (envelope.ok && typeof value?.token === 'string') {
      this.#token = value.token;
      localStorage.setItem(TOKEN_KEY, value.token);
    } else this.#refusal = envelope;
  }

  call(name: string, input: unknown): Promise<Envelope<unknown>> {
    return this.#post(`/api/${encodeURIComponent(name)}`, JSON.stringify(input));
  }

  subscribe(listener: (event: AppEvent) => void): Unsubscribe {
    return this.#events.subscribe(listener);
  }

  /** Sends a file's bytes to the host. */
  async upload(file: File): Promise<Envelope<unknown>> {
    const about = {
      'Content-Type': 'application/octet-stream',
      'X-File-Name': encodeURIComponent(file.name),
    };
    return this.#answer(() =>
      fetch('/upload', { method: 'POST', headers: { ...this.#headers(), ...about }, body: file }),
    );
  }

  /** Fetches an exported file and hands it to the browser's own save dialog. */
  async download(downloadId: string, name: string): Promise<boolean> {
    try {
      const response = await fetch(`/download/${downloadId}`, { headers: this.#headers() });
      if (!response.ok) return false;
      const url = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
      return true;
    } catch {
      return false;
    }
  }

  #headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.#token}` };
  }

  #post(path: string, body: string): Promise<Envelope<unknown>> {
    return this.#answer(() =>
      fetch(path, {
        method: 'POST',
        headers: { ...this.#headers(), 'Content-Type': 'application/json' },
        body,
      }),
    );
  }

  /** The token that some tab got, where it is another one. @returns whether it is */
  #takeKeptToken(): boolean {
    const kept = localStorage.getItem(TOKEN_KEY) ?? '';
    if (kept === '' || kept === this.#token) return false;
    this.#token = kept;
    return true;
  }

  #tellOfKey(): void {
    this.#events.restart();
    for (const listener of this.#keyListeners) listener();
  }

  async #answer(send: () => Promise<Response>): Promise<Envelope<unknown>> {
    try {
      let response = await send();
      if (response.status === 401 && this.#takeKeptToken()) {
        response = await send();
        if (response.status !== 401) this.#tellOfKey();
      }
      // The address that this window was opened by is what its user can do something about.
      if (response.status === 401 && this.#refusal !== null) return this.#refusal;
      return (await readReply(response)) as Envelope<unknown>;
    } catch {
      return UNREACHABLE;
    }
  }
}
