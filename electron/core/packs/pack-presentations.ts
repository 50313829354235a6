import type { ReadStore } from '../store/engine/database.ts';
import { type PackedPresentation, packedPresentations, raterOfPresentation } from '../store/packs/packs.ts';

export interface PresentationOfRater extends PackedPresentation {
  readonly raterId: number;
}

/** Presentations of a pack by their ids. A rater's list is read whole, at the first of it that is asked for. */
export class PackPresentations {
  readonly #store: ReadStore;
  readonly #packId: number;
  readonly #found = new Map<string, PresentationOfRater>();

  constructor(store: ReadStore, packId: number) {
    this.#store = store;
    this.#packId = packId;
  }

  /** Undefined for one of another pack. */
  find(publicId: string): PresentationOfRater | undefined {
    const known = this.#found.get(publicId);
    if (known !== undefined) return known;
    const raterId = raterOfPresentation(this.#store, this.#packId, publicId);
    if (raterId === undefined) return undefined;
    for (const shown of packedPresentations(this.#store, raterId))
      this.#found.set(shown.publicId, { ...shown, raterId });
    return this.#found.get(publicId);
  }
}
