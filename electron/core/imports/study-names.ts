/** Names of a study, by their numbers in the store. */
import type { RaterRole } from '../../../shared/study/rater-role.ts';
import { insertRater, raterByName } from '../store/rating/raters.ts';
import { judgeIdOf, namesIn, type StudyPlace, systemIdOf } from '../store/study/comparisons.ts';

export class StudyNames {
  readonly #place: StudyPlace;
  readonly #systems = new Map<string, number>();
  readonly #judges = new Map<string, number>();
  readonly #people: Readonly<Record<RaterRole, Map<string, number>>> = {
    rater: new Map(),
    adjudicator: new Map(),
  };
  /** Names given to raters who have none, and those of them under which the study had votes before. */
  readonly #unnamed = new Set<string>();
  readonly #unnamedBefore = new Set<string>();

  constructor(place: StudyPlace) {
    this.#place = place;
  }

  /** Each number is of a name that is made where it is new. */
  system(name: string): number {
    return numberFor(this.#systems, name, () => systemIdOf(this.#place.store, this.#place.studyId, name));
  }

  judge(name: string): number {
    return numberFor(this.#judges, name, () => judgeIdOf(this.#place.store, this.#place.studyId, name));
  }

  /** Null for somebody who has the other role here. */
  person(name: string, role: RaterRole): number | null {
    const { store, studyId } = this.#place;
    const id = numberFor(this.#people[role], name, () => {
      const known = raterByName(store, studyId, name);
      if (known === undefined) return insertRater(store, studyId, name, null, role);
      return known.role === role ? known.id : OTHER_ROLE;
    });
    return id === OTHER_ROLE ? null : id;
  }

  /** Says which raters of the next row have no names of their own. */
  meetUnnamed(names: readonly string[]): void {
    for (const name of names) {
      if (this.#unnamed.has(name)) continue;
      this.#unnamed.add(name);
      if (raterByName(this.#place.store, this.#place.studyId, name) !== undefined)
        this.#unnamedBefore.add(name);
    }
  }

  /** Whether a name stands for raters whom no file names, and did so before. */
  isUnnamedBefore(name: string): boolean {
    return this.#unnamedBefore.has(name);
  }

  /** What of that somebody should know. */
  warnOfUnnamed(): string[] {
    if (this.#unnamedBefore.size === 0) return [];
    const shown = [...this.#unnamedBefore].slice(0, 3).map((name) => `“${name}”`);
    return [
      `The study had votes of ${shown.join(', ')}${this.#unnamedBefore.size > 3 ? ' …' : ''} before this import, a name for raters whom no file names. New votes stand under it, too: whether they are the same people is not known. Import files of one group of raters together, and those of another under another name, by a mapping.`,
    ];
  }

  /** All names of a kind that the study has by now. */
  all(kind: 'systems' | 'raters' | 'judges'): string[] {
    return namesIn(this.#place.store, this.#place.studyId, kind);
  }
}

const OTHER_ROLE = 0;

function numberFor(known: Map<string, number>, name: string, numberOf: () => number): number {
  let id = known.get(name);
  if (id === undefined) {
    id = numberOf();
    known.set(name, id);
  }
  return id;
}
