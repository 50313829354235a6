import type { BlindPresentation } from '../../../shared/blind/blind-presentation.ts';
import { ConversationView } from '../ConversationView.tsx';

/** A pair inside a dialog: task above, both outputs beside each other. */
export function SmallPair({ pair }: { readonly pair: Pick<BlindPresentation, 'task' | 'left' | 'right'> }) {
  return (
    <div className="small-pair">
      <section aria-label="Task">
        <h3>Task</h3>
        <ConversationView conversation={pair.task} plainRole="user" />
      </section>
      <section aria-label="Left answer">
        <h3>Left</h3>
        <ConversationView conversation={pair.left} plainRole="assistant" />
      </section>
      <section aria-label="Right answer">
        <h3>Right</h3>
        <ConversationView conversation={pair.right} plainRole="assistant" />
      </section>
    </div>
  );
}
