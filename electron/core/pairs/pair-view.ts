/** How a lead is shown a pair: on sides, and as far as the study is unblinded. */
import { seededUnit } from '../../../shared/study/presentation-kind.ts';
import type { Side } from '../../../shared/study/verdict.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { countedRaters, type PairView } from '../store/study/pair-list.ts';
import type { StudyRow } from '../store/study/studies.ts';

/**
 * The output that stands on the left wherever the lead looks at a pair: where the study's secret seed puts it, so that nothing
 * tells which is the first.
 */
export function leadLeftSide({ design }: Pick<StudyRow, 'design'>, externalId: string): Side {
  return seededUnit(design.seed, 'disagreement side', externalId) < 0.5 ? 'first' : 'second';
}

/** By what the pairs of a study are told to be done. Without a number of raters, every one who counts sees every pair. */
export function viewOf(store: ReadStore, { id, design, unblindedAt }: StudyRow): PairView {
  return {
    studyId: id,
    places: Math.max(1, design.ratersPerPair ?? countedRaters(store, id)),
    isBlind: unblindedAt === null,
  };
}
