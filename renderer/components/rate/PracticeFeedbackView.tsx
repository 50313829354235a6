import { useEffect, useRef } from 'react';
import type { PracticeFeedback } from '../../../shared/contract/rating-methods.ts';
import { SafeMarkdown } from '../SafeMarkdown.tsx';
import { answerWords } from './answer-words.ts';

/** What is known about the practice pair that stays on screen. */
export function PracticeFeedbackView({
  feedback,
  onContinue,
}: {
  readonly feedback: PracticeFeedback;
  readonly onContinue: () => void;
}) {
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  return (
    <section className="practice-feedback" data-as-known={feedback.isAsKnown} aria-label="What is known">
      <p role="status">
        <strong>{feedback.isAsKnown ? '✓ As known.' : '✗ Known otherwise.'}</strong> The known answer is:{' '}
        {answerWords(feedback.known)}.
      </p>
      {feedback.explanation !== '' && <SafeMarkdown text={feedback.explanation} />}
      <button ref={next} type="button" className="primary" onClick={onContinue}>
        Next pair
      </button>
    </section>
  );
}
