import type { ChangedArea } from '../../shared/contract/changed-area.ts';
import type { MethodName } from '../../shared/contract/methods.ts';

/**
 * What of the store each question is about: it is asked anew when a method that succeeded declares to have changed that.
 * What costs long computing is not about `ratings`, which each vote changes: it is asked anew when its screen is come back to.
 */
export const QUERY_AREAS: Readonly<Partial<Record<MethodName, readonly ChangedArea[]>>> = {
  'agreement.card': ['studies'],
  'audit.list': ['studies', 'ratings'],
  'design.plan': ['studies', 'ratings'],
  'design.selections': ['studies'],
  'disagreements.gaps': ['studies', 'ratings'],
  'guess.report': ['ratings'],
  'judges.compare': ['studies'],
  'judges.drift': ['studies'],
  'judges.estimate': ['studies'],
  'judges.list': ['studies'],
  'judges.report': ['studies'],
  'mappings.list': ['mappings'],
  'packs.list': ['studies', 'ratings'],
  'packs.opened': ['studies', 'ratings'],
  'pairs.show': ['studies', 'ratings'],
  'quality.consensus': ['studies'],
  'quality.effect': ['studies'],
  'quality.raters': ['studies'],
  'rating.raters': ['ratings'],
  'reviews.list': ['studies', 'ratings'],
  'studies.list': ['studies', 'ratings'],
  'studies.progress': ['studies'],
  'studies.show': ['studies', 'ratings'],
};
