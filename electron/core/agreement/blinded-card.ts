import { isTelling, LEAST_BLIND_PAIRS, withoutTelling } from '../../../shared/blind/few-pairs.ts';
import { ServiceError } from '../../../shared/contract/errors.ts';
import { type CardData, once, type SlicePairs } from '../../../shared/domain/card/card-data.ts';
import type { SliceName } from '../../../shared/domain/card/comparison-filter.ts';
import type { CardPart } from '../../../shared/domain/card/figure.ts';
import { MEASURES } from '../../../shared/domain/card/measures.ts';
import { rowOf } from '../../../shared/domain/card/subject.ts';

/** What of a card may be shown while its study is blind. */
export class BlindedCard {
  readonly #data: CardData;
  readonly #hiddenRows: () => ReadonlySet<string>;

  constructor(data: CardData) {
    this.#data = data;
    this.#hiddenRows = once(() => {
      const hidden = data.slices().filter((slice) => this.#isTelling(slice));
      return new Set(hidden.map(({ name, value }) => rowOf({ kind: 'slice', name, value })));
    });
  }

  requireSlice(slice: SliceName | null): void {
    const found = this.#data
      .slices()
      .find(({ name, value }) => name === slice?.name && value === slice.value);
    if (found === undefined || !this.#isTelling(found)) return;
    throw new ServiceError(
      'study_blinded',
      `This study is blind, and ${found.name} = “${found.value}” has fewer than ${LEAST_BLIND_PAIRS} pairs, or differs in fewer from all pairs or another slice: figures of it would tell what was said of single pairs. Unblind the study to see them.`,
    );
  }

  shown(part: CardPart): CardPart {
    const isSliced = part.name === 'slices';
    const shown = withoutTelling(
      part,
      (measure) => MEASURES[measure].unit === 'count',
      ({ row }) => isSliced && this.#hiddenRows().has(row),
    );
    return {
      ...part,
      figures: shown.figures as CardPart['figures'],
      words: shown.words as CardPart['words'],
    };
  }

  #isTelling(slice: SlicePairs): boolean {
    return isTelling(this.#data.slices(), slice, this.#data.pairIds.length);
  }
}
