/** The agreement card: may this judge be used, for what, and how sure is that? One computation for screen, CLI and export. */
import type { AgreementOptions } from '../labels/agreement-options.ts';
import type { PeopleLabels } from '../labels/consensus-column.ts';
import { type CardData, subsetOfPairs } from './columns/card-data.ts';
import type { SliceName } from './columns/comparison-filter.ts';
import { type JudgeView, type PeopleView, peopleView } from './columns/judge-view.ts';
import { splitCounts } from './columns/split-sides.ts';
import {
  type CardPart,
  isStudyPart,
  PART_NAMES,
  type PartName,
  type STUDY_PART_NAMES,
} from './figures/figure.ts';
import { agreementPart } from './parts/agreement-part.ts';
import { biasPart } from './parts/bias-part.ts';
import { confidencePart } from './parts/confidence-part.ts';
import { decisionPart } from './parts/decision-part.ts';
import { lengthPart, slicesPart, splitsPart, systemsPart } from './parts/groups-part.ts';
import { judgesPart } from './parts/judges-part.ts';
import { ordersPart } from './parts/orders-part.ts';
import { peoplePart } from './parts/people-part.ts';
import { policiesPart } from './parts/policies-part.ts';
import { rankingPart } from './parts/ranking-part.ts';
import { standingPart } from './parts/standing-part.ts';

const JUDGE_PARTS: Readonly<
  Record<Exclude<PartName, (typeof STUDY_PART_NAMES)[number]>, (view: JudgeView) => CardPart>
> = {
  standing: standingPart,
  agreement: agreementPart,
  policies: policiesPart,
  orders: ordersPart,
  bias: biasPart,
  slices: slicesPart,
  splits: splitsPart,
  systems: systemsPart,
  length: lengthPart,
  confidence: confidencePart,
  decision: decisionPart,
  ranking: rankingPart,
};

const STUDY_PARTS: Readonly<Record<(typeof STUDY_PART_NAMES)[number], (view: PeopleView) => CardPart>> = {
  people: peoplePart,
  judges: judgesPart,
};

/** What a card says of itself before any figure. */
export interface CardHead {
  /** Names of all judges with a verdict on these pairs. */
  readonly judges: readonly string[];
  /** The judge of the card; null where the study has none. */
  readonly judge: string | null;
  readonly options: AgreementOptions;
  /** What the card is restricted to; null for the whole study. */
  readonly slice: SliceName | null;
  readonly pairs: number;
  /** How many of them are on each side of the stable split: a judge may be tuned on dev alone. */
  readonly splits: { readonly dev: number; readonly test: number };
  readonly items: number;
  /** Whether pairs were drawn with different chances, so that figures of agreement weigh each by what it stands for. */
  readonly isWeighted: boolean;
  readonly raters: readonly string[];
  /** Raters whose votes are left out of every figure. */
  readonly excluded: readonly string[];
  /** Pairs of the study that are left out of every figure. */
  readonly leftOut: number;
  /** Pairs whose label was decided by an adjudicator. */
  readonly adjudicated: number;
  readonly systems: readonly string[];
  readonly systemsAreNamed: boolean;
}

/** A card in the making: its head, and any part on demand. */
export interface CardMaker {
  readonly head: CardHead;
  /** Names of the parts this card can have: without a judge, only what is about people. */
  readonly parts: readonly PartName[];
  part(name: PartName): CardPart;
  /** What the parts about the judge are worked out from; null without a judge. */
  readonly view: JudgeView | null;
}

/** Returned where a card is asked of a judge or a slice the data does not have. */
export interface NoCard {
  readonly missing: 'judge' | 'slice';
}

/** The data behind a card: all pairs, or those of one slice. */
export function dataOfSlice(data: CardData, slice: SliceName | null): CardData | null {
  if (slice === null) return data;
  const found = data.slices().find(({ name, value }) => name === slice.name && value === slice.value);
  return found === undefined ? null : subsetOfPairs(data, found.pairs);
}

/**
 * Prepares a card.
 *
 * @param judge the first by name where null
 */
export function cardMaker(
  all: CardData,
  judge: string | null,
  options: AgreementOptions,
  slice: SliceName | null,
  {
    withRaterPairs = false,
    labels,
  }: {
    readonly withRaterPairs?: boolean;
    /** Of all pairs, where they were asked before. */
    readonly labels?: PeopleLabels | undefined;
  } = {},
): CardMaker | NoCard {
  const data = dataOfSlice(all, slice);
  if (data === null) return { missing: 'slice' };
  const view = peopleView(data, options, slice === null ? labels : undefined);
  return cardOfView({ ...view, withRaterPairs }, judge, slice);
}

/** The same from people's side worked out before, so that several judges share it. */
export function cardOfView(
  view: PeopleView,
  judge: string | null,
  slice: SliceName | null,
): CardMaker | NoCard {
  const { data, options } = view;
  const chosen = judge === null ? data.judges[0] : data.judges.find(({ name }) => name === judge);
  if (judge !== null && chosen === undefined) return { missing: 'judge' };
  return {
    head: {
      judges: data.judges.map(({ name }) => name),
      judge: chosen?.name ?? null,
      options,
      slice,
      pairs: data.itemOfPair.length,
      splits: splitCounts(data),
      items: data.itemCount,
      isWeighted: data.weights !== null,
      raters: data.raters.map(({ name }) => name),
      excluded: data.excluded,
      leftOut: data.leftOut,
      adjudicated: view.kinds.adjudicated,
      systems: data.systems,
      systemsAreNamed: data.systemsAreNamed,
    },
    parts: chosen === undefined ? ['people'] : PART_NAMES,
    view: chosen === undefined ? null : { ...view, judge: chosen },
    part(name) {
      if (isStudyPart(name)) return STUDY_PARTS[name](view);
      if (chosen === undefined) return { name, figures: [], words: [] };
      return JUDGE_PARTS[name]({ ...view, judge: chosen });
    },
  };
}
