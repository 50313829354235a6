import { hashOfFile } from '../files/hash-of-file.ts';
import { loggedActs } from '../store/engine/audit.ts';
import type { ReadStore } from '../store/engine/database.ts';

/** Tells files that earlier exports of a study wrote, by the hashes that the log keeps of them. */
export class EarlierFiles {
  readonly #known = new Set<string>();

  constructor(store: ReadStore, studyId: number) {
    for (const { details } of loggedActs(store, ['export'], studyId)) {
      for (const { name, sha256 } of details.files ?? []) this.#known.add(`${sha256} ${name}`);
    }
  }

  /** Whether a file is, byte for byte, one that was written under this name. */
  has(path: string, name: string): boolean {
    return this.#known.size > 0 && this.#known.has(`${hashOfFile(path).sha256} ${name}`);
  }
}
