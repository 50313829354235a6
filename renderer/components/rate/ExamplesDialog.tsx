import { useState } from 'react';
import { useQuery } from '../../state/query.ts';
import { Dialog } from '../Dialog.tsx';
import { ErrorNote } from '../ErrorNote.tsx';
import { SafeMarkdown } from '../SafeMarkdown.tsx';
import { answerWords } from './answer-words.ts';
import { SmallPair } from './SmallPair.tsx';

/** The worked examples of a study, one after the other. */
export function ExamplesDialog({
  session,
  onClose,
}: {
  readonly session: string;
  readonly onClose: () => void;
}) {
  const { value: examples, error, reload } = useQuery('rating.examples', { session });
  const [place, setPlace] = useState(0);
  const example = examples?.[place];
  return (
    <Dialog title="Worked examples" isWide onClose={onClose}>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {example !== undefined && (
        <>
          <p className="quiet">
            Example {place + 1} of {examples?.length}
          </p>
          <SmallPair pair={example.pair} />
          <p>
            <strong>Answer: {answerWords(example.answer)}.</strong>
          </p>
          <SafeMarkdown text={example.explanation} />
        </>
      )}
      <div className="button-row">
        <button type="button" disabled={place === 0} onClick={() => setPlace(place - 1)}>
          Back
        </button>
        {place + 1 < (examples?.length ?? 0) ? (
          <button type="button" className="primary" onClick={() => setPlace(place + 1)}>
            Next example
          </button>
        ) : (
          <button type="button" className="primary" onClick={onClose}>
            To the pairs
          </button>
        )}
      </div>
    </Dialog>
  );
}
