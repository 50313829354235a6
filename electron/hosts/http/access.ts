import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, Entropy } from '../../core/ports/ports.ts';

const CODE_LIFETIME_MS = 10 * 60 * 1000;

/** One token per start, and one-time codes that are exchanged for it. */
export class Access {
  readonly #clock: Clock;
  readonly #entropy: Entropy;
  readonly #token: string;
  readonly #codes = new Map<string, number>();

  constructor(clock: Clock, entropy: Entropy) {
    this.#clock = clock;
    this.#entropy = entropy;
    this.#token = entropy.hex(32);
  }

  /** A fresh code, good once and for ten minutes. It travels in the fragment of the launch address. */
  mintCode(): string {
    const code = this.#entropy.hex(16);
    this.#codes.set(code, this.#clock.nowMs() + CODE_LIFETIME_MS);
    return code;
  }

  /** The token for a code, or null. A code is gone after one try, right or late. */
  exchange(code: string): string | null {
    const expires = this.#codes.get(code);
    this.#codes.delete(code);
    return expires !== undefined && this.#clock.nowMs() <= expires ? this.#token : null;
  }

  /** Compares in constant time. */
  accepts(authorization: string | undefined): boolean {
    const digest = (text: string) => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${this.#token}`));
  }
}
