import { isTellingBetween, LEAST_BLIND_PAIRS, withheld } from '../../../shared/blind/few-pairs.ts';
import { cardOfView } from '../../../shared/card/agreement-card.ts';
import type { CardData } from '../../../shared/card/columns/card-data.ts';
import { peopleView } from '../../../shared/card/columns/judge-view.ts';
import { type Figure, isStudyPart, type PartName } from '../../../shared/card/figures/figure.ts';
import { headlineFigures } from '../../../shared/card/headline.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { ExclusionEffect } from '../../../shared/contract/quality-methods.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { excludedRaters } from '../store/rating/rater-decisions.ts';
import { requireRater } from '../store/rating/raters.ts';
import { plannedOptions } from '../store/study/analysis-plans.ts';
import type { StudyRow } from '../store/study/studies.ts';
import type { Asked } from '../work/asked.ts';

/** Every headline figure with and without one rater's votes, under the study's planned policies or the usual ones. */
export function exclusionEffect(
  store: ReadStore,
  study: StudyRow,
  { rater }: ParsedInputOf<'quality.effect'>,
  { isForPage }: Asked,
): ExclusionEffect {
  requireRater(store, study, rater);
  const others = excludedRaters(store, study.id).filter((name) => name !== rater);
  const options = plannedOptions(store, study.id);
  const view = (excluded: readonly string[]) => peopleView(loadCardData(store, study, { excluded }), options);
  const [withRater, without] = [view(others), view([...others, rater])];
  const figuresOf = (of: typeof withRater, judge: string | null) => {
    const maker = cardOfView(of, judge, null);
    return 'missing' in maker ? [] : headlineFigures(maker);
  };
  const isBlind = isForPage && study.unblindedAt === null;
  const isTelling = (judge: string) => {
    const codes = withRater.data.judges.find(({ name }) => name === judge)?.codes;
    const isJudged = Uint8Array.from(codes ?? [], (code) => Number(code >= 0));
    return isTellingBetween(withRater.people, without.people, isJudged);
  };
  /** As a page may have it: what differs by few judged pairs from the figure beside it would tell what was said of those. */
  const figureToShow = <Maybe extends Figure | null>(
    figure: Maybe,
    part: PartName,
    beside: string | null = null,
  ) =>
    figure !== null &&
    isBlind &&
    !isStudyPart(part) &&
    (figure.n < LEAST_BLIND_PAIRS || (beside !== null && isTelling(beside)))
      ? withheld(figure)
      : figure;
  const judges = withRater.data.judges.length === 0 ? [null] : withRater.data.judges.map(({ name }) => name);
  return {
    rater,
    options,
    labels: { with: labelCount(withRater.people), without: labelCount(without.people) },
    votes: votesOf(withRater.data, rater),
    judges: judges.map((judge) => {
      const after = new Map(figuresOf(without, judge).map((each) => [each.id, each.figure]));
      return {
        judge,
        figures: figuresOf(withRater, judge).map(({ id, part, figure }) => ({
          id,
          with: figureToShow(figure, part),
          without: figureToShow(after.get(id) ?? null, part, judge),
        })),
      };
    }),
  };
}

function labelCount(people: Int8Array): number {
  return people.reduce((count, code) => count + (code >= 0 && code <= CODE.both_bad ? 1 : 0), 0);
}

function votesOf({ raters }: CardData, name: string): number {
  return labelCount(raters.find((rater) => rater.name === name)?.codes ?? new Int8Array());
}
