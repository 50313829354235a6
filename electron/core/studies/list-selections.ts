import type { SelectionSummary } from '../../../shared/contract/design-methods.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { selectionsOf } from '../store/study/selections.ts';
import type { StudyRow } from '../store/study/studies.ts';

/** The draws of a study, each with the range of its probabilities. */
export function listSelections(store: ReadStore, study: StudyRow): SelectionSummary[] {
  return selectionsOf(store, study.id);
}
