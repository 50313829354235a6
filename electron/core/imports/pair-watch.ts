/** Watches what is imported for names that look alike and for comparisons that compare nothing: both are said, and change nothing. */
import { lookAlikes, lookOf } from '../../../shared/text/look-alike.ts';

const MOST_IDS_WATCHED = 200_000;
const MOST_SHOWN = 3;

export class PairWatch {
  #sameSystem = 0;
  #sameOutputs = 0;
  #emptyOutputs = 0;
  #bothEmpty = 0;
  /** Ids that are not written as they look, by how they look: only such can be taken for another. */
  readonly #idsByLook = new Map<string, string>();
  readonly #idsAlike: (readonly [string, string])[] = [];
  #idsAlikeCount = 0;

  /** @param isKnown whether the study has a comparison of exactly this id */
  meet(
    {
      id,
      systems,
      outputs,
    }: {
      readonly id: string;
      readonly systems: readonly [string, string];
      readonly outputs: readonly [string, string];
    },
    isKnown: (id: string) => boolean,
  ): void {
    const [one, two] = outputs;
    const empty = outputs.filter((output) => output.trim() === '').length;
    if (systems[0] === systems[1]) this.#sameSystem++;
    if (empty === 2) this.#bothEmpty++;
    else if (empty === 1) this.#emptyOutputs++;
    else if (one === two) this.#sameOutputs++;
    const look = lookOf(id);
    const other = this.#idsByLook.get(look) ?? (look !== id && isKnown(look) ? look : undefined);
    if (other !== undefined && other !== id) {
      this.#idsAlikeCount++;
      if (this.#idsAlike.length < MOST_SHOWN) this.#idsAlike.push([other, id]);
    } else if (look !== id && this.#idsByLook.size < MOST_IDS_WATCHED) this.#idsByLook.set(look, id);
  }

  /** @param names of everybody and everything in the study, by what they name */
  warnings(names: Readonly<Record<'systems' | 'raters' | 'judges', Iterable<string>>>): string[] {
    const alike = Object.entries(names).flatMap(([what, all]) =>
      lookAlikes(all).map(
        (group) =>
          `${what} ${listNames(group.names)} look alike and differ in ${group.differBy}: they count as ${group.names.length} ${what}. Write them alike if they are one.`,
      ),
    );
    if (this.#idsAlikeCount > 0) {
      const shown = this.#idsAlike.map((ids) => listNames(ids)).join('; ');
      alike.push(
        `${this.#idsAlikeCount} ${this.#idsAlikeCount === 1 ? 'id looks' : 'ids look'} like another and ${this.#idsAlikeCount === 1 ? 'is' : 'are'} not: ${shown}${this.#idsAlikeCount > MOST_SHOWN ? ' …' : ''}. They are comparisons of their own.`,
      );
    }
    return [
      ...alike,
      ...countText(this.#sameSystem, 'a system with itself'),
      ...countText(this.#sameOutputs, 'two outputs that are the same text'),
      ...countText(this.#emptyOutputs, 'an output with an empty one'),
      ...countText(this.#bothEmpty, 'two outputs that are both empty'),
    ];
  }
}

function countText(pairs: number, what: string): string[] {
  return pairs === 0 ? [] : [`${pairs} ${pairs === 1 ? 'comparison is' : 'comparisons are'} of ${what}.`];
}

/** Escaped where they are not ASCII, so that their difference is seen. */
function listNames(names: readonly string[]): string {
  return names
    .map((name) => {
      const codes = [...name].filter((character) => !/[\u0020-\u007e]/u.test(character)).slice(0, 4);
      const points = codes.map(
        (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
      );
      return `${JSON.stringify(name)}${points.length === 0 ? '' : ` (${points.join(' ')})`}`;
    })
    .join(' and ');
}
