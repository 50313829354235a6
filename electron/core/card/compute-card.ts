import {
  type CardHead,
  type CardMaker,
  cardMaker,
  cardOfView,
  dataOfSlice,
} from '../../../shared/card/agreement-card.ts';
import type { CardData } from '../../../shared/card/columns/card-data.ts';
import type { SliceName } from '../../../shared/card/columns/comparison-filter.ts';
import { type PeopleView, peopleView } from '../../../shared/card/columns/judge-view.ts';
import { type CardPart, isStudyPart, type PartName } from '../../../shared/card/figures/figure.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { AgreementOptions } from '../../../shared/labels/agreement-options.ts';
import { optionDeviations } from '../../../shared/selection/analysis-plan.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import { ReadOnlyStore, type ReadStore } from '../store/engine/database.ts';
import { plannedOptions, plansOf } from '../store/study/analysis-plans.ts';
import { requireStudy, type StudyRow } from '../store/study/studies.ts';
import { collectGarbage } from '../work/collect-garbage.ts';
import { type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { BlindedCard } from './blinded-card.ts';

export interface CardRequest {
  readonly storePath: string;
  readonly studyId: string;
  readonly judge: string | null;
  readonly options: AgreementOptions;
  readonly slice: SliceName | null;
  /** Whether it goes to a page: while a study is blind, nothing there rests on few pairs. */
  readonly isForPage: boolean;
  /** Whether every two raters are compared, however many there are. */
  readonly raterPairs: boolean;
}

/** What a card says of the study it is about. */
export interface StudyInCard {
  readonly study: string;
  readonly isSynthetic: boolean;
  readonly deviations: readonly string[];
}

/** The start of a card. */
export interface StudyCardHead extends CardHead, StudyInCard {}

/** What is handed over as soon as it is ready. */
export type CardPiece =
  | { readonly type: 'head'; readonly head: StudyCardHead }
  | { readonly type: 'part'; readonly part: CardPart };

/**
 * Works out a card part by part from one consistent view of the store, and hands parts over as they are ready. The last one is the
 * result: who has the whole card finds its thread, and what that keeps, free for the next.
 */
export async function computeCard(request: CardRequest, controls: TaskControls): Promise<CardPart> {
  const hand = (piece: CardPiece) => controls.onPartial(piece);
  const store = new ReadOnlyStore(request.storePath);
  try {
    return store.read(() => {
      const study = requireStudy(store, request.studyId);
      const data = loadCardData(store, study);
      const blinded = blindingFor(request, store, study, data);
      const maker = requireCard(
        cardMaker(data, request.judge, request.options, request.slice, {
          withRaterPairs: request.raterPairs,
          labels: blinded?.labels,
        }),
        request,
      );
      blinded?.requireSlice(request.slice);
      const { options, slice } = request;
      const judge = data.judges.find(({ name }) => name === maker.head.judge) ?? null;
      blinded?.requireLabels(options, slice, judge === null ? [] : [judge]);
      hand({
        type: 'head',
        head: { ...aboutStudy(store, study, request.options), ...maker.head },
      });
      // What is of the study comes last: who has it from another judge's card stops the work before.
      const parts = maker.parts.toSorted((one, two) => Number(isStudyPart(one)) - Number(isStudyPart(two)));
      const partNamed = (name: PartName) => {
        throwIfCancelled(controls);
        const part = maker.part(name);
        return blinded?.hidePart(part, options, slice, judge) ?? part;
      };
      for (const name of parts.slice(0, -1)) hand({ type: 'part', part: partNamed(name) });
      return partNamed(parts.at(-1) ?? 'people');
    });
  } finally {
    store.close();
  }
}

/** The cards of all judges, and once what no judge changes. */
export interface JudgeCards {
  readonly parts: readonly CardPart[];
  readonly cards: readonly (CardHead & { readonly parts: readonly CardPart[] })[];
}

/** Works out the cards of all judges from one view of the people; of a study without judges a card of what is about people alone. */
export function cardsOfJudges(view: PeopleView, slice: SliceName | null, controls: TaskControls): JudgeCards {
  const makerOf = (judge: string | null) => requireCard(cardOfView(view, judge, slice), { judge, slice });
  const partsOf = (maker: CardMaker, areOfStudy: boolean) =>
    maker.parts
      .filter((name) => isStudyPart(name) === areOfStudy)
      .map((name) => {
        throwIfCancelled(controls);
        const part = maker.part(name);
        collectGarbage();
        return part;
      });
  const judges = view.data.judges.map(({ name }) => name);
  const makers = (judges.length === 0 ? [null] : judges).map(makerOf);
  return {
    parts: partsOf(makerOf(null), true),
    cards: makers.map((maker) => ({ ...maker.head, parts: partsOf(maker, false) })),
  };
}

/** The same of a stored study, all from one consistent view of the store. */
export function computeCards(
  { storePath, studyId, options, slice, isForPage, raterPairs }: Omit<CardRequest, 'judge'>,
  controls: TaskControls,
): JudgeCards & StudyInCard {
  const store = new ReadOnlyStore(storePath);
  try {
    return store.read(() => {
      const study = requireStudy(store, studyId);
      const all = loadCardData(store, study);
      const data = dataOfSlice(all, slice);
      if (data === null) throw noCard('slice', { judge: null, slice });
      const blinded = blindingFor({ isForPage }, store, study, all);
      blinded?.requireSlice(slice);
      blinded?.requireLabels(options, slice, all.judges);
      const labels = slice === null ? blinded?.labels : undefined;
      const view = { ...peopleView(data, options, labels), withRaterPairs: raterPairs };
      const { parts, cards } = cardsOfJudges(view, slice, controls);
      const partToShow = (part: CardPart, judge: string | null) =>
        blinded?.hidePart(part, options, slice, all.judges.find(({ name }) => name === judge) ?? null) ??
        part;
      return {
        ...aboutStudy(store, study, options),
        parts: parts.map((part) => partToShow(part, null)),
        cards: cards.map((card) => ({
          ...card,
          parts: card.parts.map((part) => partToShow(part, card.judge)),
        })),
      };
    });
  } finally {
    store.close();
  }
}

/** What keeps a blind study’s card from telling too much; null for commands, which are the lead’s own and tell all. */
function blindingFor(
  { isForPage }: Pick<CardRequest, 'isForPage'>,
  store: ReadStore,
  study: StudyRow,
  data: CardData,
): BlindedCard | null {
  return isForPage && study.unblindedAt === null
    ? new BlindedCard(data, plannedOptions(store, study.id))
    : null;
}

function aboutStudy(store: ReadStore, study: StudyRow, options: AgreementOptions): StudyInCard {
  return {
    study: study.name,
    isSynthetic: study.isSynthetic,
    deviations: deviationsFrom(store, study.id, options),
  };
}

function deviationsFrom(store: ReadStore, studyId: number, options: AgreementOptions): string[] {
  const current = plansOf(store, studyId).at(-1);
  return current === undefined ? [] : optionDeviations(current.plan, options);
}

/** The card, or an error that says which name the study does not have. */
export function requireCard(
  maker: ReturnType<typeof cardMaker>,
  { judge, slice }: Pick<CardRequest, 'judge' | 'slice'>,
): CardMaker {
  if (!('missing' in maker)) return maker;
  throw noCard(maker.missing, { judge, slice });
}

function noCard(
  missing: 'judge' | 'slice',
  { judge, slice }: Pick<CardRequest, 'judge' | 'slice'>,
): ServiceError {
  if (missing === 'slice')
    return new ServiceError('not_found', {
      key: 'figures.slice_without_pairs',
      values: { name: slice?.name ?? '', value: slice?.value ?? '' },
    });
  return new ServiceError('not_found', {
    key: slice === null ? 'figures.judge_unknown' : 'figures.judge_not_on_slice',
    values: { judge: judge ?? '' },
  });
}
