import { ServiceError } from '../../../shared/contract/errors.ts';
import type { AgreementOptions } from '../../../shared/domain/agreement-options.ts';
import { optionDeviations } from '../../../shared/domain/analysis-plan.ts';
import { type CardHead, type CardMaker, cardMaker } from '../../../shared/domain/card/agreement-card.ts';
import type { SliceName } from '../../../shared/domain/card/comparison-filter.ts';
import type { CardPart } from '../../../shared/domain/card/figure.ts';
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
      const maker = requireCard(
        cardMaker(loadCardData(store, study), request.judge, request.options, request.slice),
        request,
      );
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
        hand({ type: 'part', part: maker.part(name) });
      }
    });
  } finally {
    store.close();
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
