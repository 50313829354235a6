/** The only place that builds what a rater sees out of what the store knows. */
import type { BlindPresentation } from '../../shared/blind/blind-presentation.ts';
import type { RaterVisible, StoredPresentation } from '../../shared/blind/visibility.ts';
import type { Side } from '../../shared/domain/verdict.ts';

/** Lays the two outputs out on the recorded sides and drops everything a rater may not know. */
export function blindPresentation(stored: StoredPresentation): BlindPresentation {
  return arranged(stored, stored.leftSide);
}

function arranged(visible: RaterVisible, leftSide: Side): BlindPresentation {
  const { presentationId, task, firstOutput, secondOutput } = visible;
  const [left, right] = leftSide === 'first' ? [firstOutput, secondOutput] : [secondOutput, firstOutput];
  return { presentationId, task, left, right };
}
