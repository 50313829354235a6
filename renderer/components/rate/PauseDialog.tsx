import { useState } from 'react';
import { addPause } from '../../state/activity.ts';
import { Dialog } from '../Dialog.tsx';

/** Hides the pair; the time until work goes on counts as idle. */
export function PauseDialog({ onEnd }: { readonly onEnd: () => void }) {
  const [from] = useState(() => performance.now());
  const end = () => {
    addPause(performance.now() - from);
    onEnd();
  };
  return (
    <Dialog title="Paused" onClose={end}>
      <p>Every vote is recorded. The time of a pause is not counted as time on a pair.</p>
      <div className="button-row">
        <button type="button" className="primary" onClick={end}>
          Go on
        </button>
      </div>
    </Dialog>
  );
}
