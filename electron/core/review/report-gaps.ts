import type { GuidelineGaps } from '../../../shared/contract/review-methods.ts';
import { guidelineGaps } from '../../../shared/domain/review/guideline-gaps.ts';
import { gapPairs } from '../store/disagreement-classes.ts';
import { readStudy, type StudyAddress } from '../store/read-study.ts';

/** What each guideline left open, and whether a later one settled it. */
export function reportGaps(address: StudyAddress): GuidelineGaps {
  return readStudy(address, (store, study) => ({
    version: study.guidelineVersion,
    gaps: guidelineGaps(gapPairs(store, study.id)),
  }));
}
