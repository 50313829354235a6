import type { RaterReport } from '../../../shared/contract/quality-methods.ts';
import { type QualityWarning, qualityWarnings } from '../../../shared/quality/quality-warnings.ts';
import { raterQuality, warningFigures } from '../../../shared/quality/rater-quality.ts';
import { votesAfter } from '../../../shared/quality/rater-votes.ts';
import { loadRaterVotes } from '../store/columns/rater-votes.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { decisionsOf } from '../store/rating/rater-decisions.ts';
import { lastRatingBefore } from '../store/rating/ratings.ts';
import { readStudy, type StudyAddress } from '../store/study/read-study.ts';
import type { StudyRow } from '../store/study/studies.ts';

/** Every rater's figures with what they warn of. Others are those who count; an excluded rater is held against them, too. */
export function reportRaters(store: ReadStore, study: StudyRow): RaterReport[] {
  const { raters, itemOfPair } = loadRaterVotes(store, study.id);
  const decisions = decisionsOf(store, study.id);
  const counted = raters.filter(({ isExcluded }) => !isExcluded);
  const qualities = [
    ...raterQuality(counted, itemOfPair),
    ...raters
      .filter(({ isExcluded }) => isExcluded)
      .flatMap((rater) => raterQuality([...counted, rater], itemOfPair, { only: rater.name })),
  ];
  return raters.flatMap(({ name, isExcluded, isPaused }) =>
    qualities
      .filter((quality) => quality.rater === name)
      .map((quality) => ({
        ...quality,
        isExcluded,
        isPaused,
        decisions: decisions
          .filter(({ rater }) => rater === name)
          .map(({ rater: _rater, ...decision }) => decision),
        warnings: qualityWarnings(quality, raters.length, study.design.quality),
      })),
  );
}

/**
 * What warns of one rater in the votes given since the lead last let the rater go on: what was known then was weighed then.
 */
export function warningsSinceResumed({
  rater: name,
  ...address
}: StudyAddress & { readonly rater: string }): QualityWarning[] {
  return readStudy(address, (store, study) => {
    const resumed = decisionsOf(store, study.id)
      .filter(({ rater, about, isOn }) => rater === name && about === 'pause' && !isOn)
      .at(-1);
    const { raters, itemOfPair } = loadRaterVotes(store, study.id);
    const since = resumed === undefined ? 0 : lastRatingBefore(store, study.id, name, resumed.decidedAt);
    const looked = raters
      .filter((rater) => !rater.isExcluded || rater.name === name)
      .map((rater) => (rater.name === name ? { ...rater, votes: votesAfter(rater.votes, since) } : rater));
    const [own] = warningFigures(looked, itemOfPair.length, { only: name });
    return own === undefined ? [] : qualityWarnings(own, raters.length, study.design.quality);
  });
}
