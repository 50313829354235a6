import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { ExclusionEffect } from '../../../shared/contract/quality-methods.ts';
import { cardOfView } from '../../../shared/domain/card/agreement-card.ts';
import type { CardData } from '../../../shared/domain/card/card-data.ts';
import { headlineFigures } from '../../../shared/domain/card/headline.ts';
import { peopleView } from '../../../shared/domain/card/judge-view.ts';
import { CODE } from '../../../shared/domain/verdict-codes.ts';
import { plannedOptions } from '../store/analysis-plans.ts';
import { loadCardData } from '../store/card-columns.ts';
import type { Store } from '../store/database.ts';
import { excludedRaters } from '../store/rater-decisions.ts';
import { requireRater } from '../store/raters.ts';
import type { StudyRow } from '../store/studies.ts';

/** Every headline figure with and without one rater's votes, under the study's planned policies or the usual ones. */
export function exclusionEffect(
  store: Store,
  study: StudyRow,
  { rater }: ParsedInputOf<'quality.effect'>,
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
        figures: figuresOf(withRater, judge).map(({ id, figure }) => ({
          id,
          with: figure,
          without: after.get(id) ?? null,
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
