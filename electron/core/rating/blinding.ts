/** The only place that builds what a rater sees out of what the store knows. */
import type { BlindPresentation } from '../../../shared/blind/blind-presentation.ts';
import type { RaterVisible, StoredPresentation } from '../../../shared/blind/visibility.ts';
import type { Side } from '../../../shared/study/verdict.ts';
import { conversationOf } from '../store/engine/stored-text.ts';

/** Lays the two outputs out on the recorded sides and drops everything a rater may not know. */
export function blindPresentation(stored: StoredPresentation): BlindPresentation {
  return arrangeSides(stored, stored.leftSide);
}

/** A worked example as a rater sees it. */
export function blindExample(
  pair: { readonly prompt: string; readonly firstOutput: string; readonly secondOutput: string },
  leftSide: Side,
  id: string,
): BlindPresentation {
  return arrangeSides(
    {
      presentationId: id,
      task: conversationOf(pair.prompt, 'user'),
      firstOutput: conversationOf(pair.firstOutput, 'assistant'),
      secondOutput: conversationOf(pair.secondOutput, 'assistant'),
    },
    leftSide,
  );
}

function arrangeSides(visible: RaterVisible, leftSide: Side): BlindPresentation {
  const { presentationId, task, firstOutput, secondOutput } = visible;
  const [left, right] = leftSide === 'first' ? [firstOutput, secondOutput] : [secondOutput, firstOutput];
  return { presentationId, task, left, right };
}
