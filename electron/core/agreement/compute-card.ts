import { isTelling, LEAST_BLIND_PAIRS, withoutTelling } from '../../../shared/blind/few-pairs.ts';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { AgreementOptions } from '../../../shared/domain/agreement-options.ts';
import { optionDeviations } from '../../../shared/domain/analysis-plan.ts';
import { type CardHead, type CardMaker, cardMaker } from '../../../shared/domain/card/agreement-card.ts';
import { type CardData, once, type SlicePairs } from '../../../shared/domain/card/card-data.ts';
import type { SliceName } from '../../../shared/domain/card/comparison-filter.ts';
import type { CardPart } from '../../../shared/domain/card/figure.ts';
import { MEASURES } from '../../../shared/domain/card/measures.ts';
import { type TaskControls, throwIfCancelled } from '../jobs/task-controls.ts';
import { plansOf } from '../store/analysis-plans.ts';
import { loadCardData } from '../store/card-columns.ts';
import { Store } from '../store/database.ts';
import { studyByPublicId } from '../store/studies.ts';

export interface CardRequest {
  readonly storePath: string;
  readonly studyId: string;
  readonly judge: string | null;
  readonly options: AgreementOptions;
  readonly slice: SliceName | null;
  /** Whether it goes to a page: while a study is blind, nothing there rests on few pairs. */
  readonly isForPage: boolean;
}

/** The start of a card, and the study it is about. */
export interface StudyCardHead extends CardHead {
  readonly study: string;
  readonly isSynthetic: boolean;
  readonly deviations: readonly string[];
}

/** What is handed over as soon as it is ready. */
export type CardPiece =
  | { readonly type: 'head'; readonly head: StudyCardHead }
  | { readonly type: 'part'; readonly part: CardPart };

/** Works out a card part by part from one consistent view of the store, and hands every part over. */
export async function computeCard(request: CardRequest, controls: TaskControls): Promise<void> {
  const hand = (piece: CardPiece) => controls.onPartial(piece);
  const store = new Store(request.storePath, { readonly: true });
  try {
    store.read(() => {
      const study = studyByPublicId(store, request.studyId);
      if (study === undefined) throw new ServiceError('not_found', 'There is no such study in this store.');
      const data = loadCardData(store, study);
      const blinded = study.unblindedAt === null ? new BlindedCard(data) : null;
      const maker = requireCard(cardMaker(data, request.judge, request.options, request.slice), request);
      blinded?.requireSlice(request.slice);
      hand({
        type: 'head',
        head: {
          study: study.name,
          isSynthetic: study.isSynthetic,
          deviations: deviationsFrom(store, study.id, request.options),
          ...maker.head,
        },
      });
      for (const name of maker.parts) {
        throwIfCancelled(controls);
        const part = maker.part(name);
        hand({ type: 'part', part: request.isForPage && blinded !== null ? blinded.shown(part) : part });
      }
    });
  } finally {
    store.close();
  }
}

/** What of a card may be shown while its study is blind. */
class BlindedCard {
  readonly #data: CardData;
  readonly #hiddenRows: () => ReadonlySet<string>;

  constructor(data: CardData) {
    this.#data = data;
    this.#hiddenRows = once(() => {
      const hidden = data.slices().filter((slice) => this.#isTelling(slice));
      return new Set(hidden.map(({ name, value }) => `${name}=${value}`));
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

function deviationsFrom(store: Store, studyId: number, options: AgreementOptions): string[] {
  const current = plansOf(store, studyId).at(-1);
  return current === undefined ? [] : optionDeviations(current.plan, options);
}

/** The card, or an error that says which name the study does not have. */
export function requireCard(
  maker: ReturnType<typeof cardMaker>,
  { judge, slice }: Pick<CardRequest, 'judge' | 'slice'>,
): CardMaker {
  if (!('missing' in maker)) return maker;
  throw new ServiceError(
    'not_found',
    maker.missing === 'judge'
      ? `This study has no judge named “${judge}”${slice === null ? '' : ' on this slice'}.`
      : `No comparison of this study has ${slice?.name} = “${slice?.value}”.`,
  );
}
