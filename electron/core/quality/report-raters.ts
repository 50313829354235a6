import type { RaterReport } from '../../../shared/contract/quality-methods.ts';
import { qualityWarnings } from '../../../shared/domain/quality/quality-warnings.ts';
import { raterQuality } from '../../../shared/domain/quality/rater-quality.ts';
import { loadRaterVotes } from '../store/rater-votes.ts';
import { readStudy, type StudyAddress } from '../store/read-study.ts';

/** Every rater's figures with what they warn of. */
export function reportRaters(address: StudyAddress): RaterReport[] {
  return readStudy(address, (store, study) => {
    const { raters, itemOfPair } = loadRaterVotes(store, study.id);
    return raterQuality(raters, itemOfPair).map((quality) => ({
      ...quality,
      warnings: qualityWarnings(quality, raters.length),
    }));
  });
}
