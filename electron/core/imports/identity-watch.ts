/** Watches outputs for names while systems are still being met: a name may turn up before its system does. */
import { type IdentityMatch, scanForIdentity } from '../../../shared/blind/identity-scan.ts';

/** More systems than this in one study are a wrong mapping, not an evaluation. */
const MOST_SYSTEMS = 1000;
/** With more systems than this their names are no longer looked for; other rules still are. */
const MOST_WATCHED = 200;
/** How many early outputs are kept to be looked at again when a new system is met. */
const MOST_KEPT = 5000;

/** Where an output stands in a file, and which of the store's it is. */
export interface OutputPlace {
  readonly file: string;
  readonly line: number;
  readonly responseId: number;
}

interface Kept extends OutputPlace {
  readonly text: string;
}

export class IdentityWatch {
  readonly #met: Set<string>;
  readonly #kept: Kept[] = [];
  #watched: readonly string[];

  constructor(knownSystems: readonly string[]) {
    this.#met = new Set(knownSystems);
    this.#watched = this.#met.size > MOST_WATCHED ? [] : [...this.#met];
  }

  /** Adds systems, looks for their names in earlier outputs, and says so when there are too many. */
  meet(
    systems: readonly string[],
    report: (match: IdentityMatch, place: OutputPlace) => void,
  ): string | undefined {
    const fresh = systems.filter((name) => !this.#met.has(name));
    if (fresh.length === 0) return undefined;
    for (const name of fresh) this.#met.add(name);
    if (this.#met.size > MOST_SYSTEMS) {
      return `more than ${MOST_SYSTEMS} different systems; is the right field read as the system?`;
    }
    this.#watched = this.#met.size > MOST_WATCHED ? [] : [...this.#met];
    for (const { text, ...place } of this.#kept) {
      const match = scanForIdentity(text, fresh).find(({ rule }) => rule === 'system_name');
      if (match !== undefined) report(match, place);
    }
    return undefined;
  }

  scan(text: string, place: OutputPlace): IdentityMatch[] {
    if (this.#kept.length < MOST_KEPT) this.#kept.push({ text, ...place });
    return scanForIdentity(text, this.#watched);
  }
}
