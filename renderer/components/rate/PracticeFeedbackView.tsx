import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
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
  const { t } = useTranslation();
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  return (
    <section
      className="practice-feedback"
      data-as-known={feedback.isAsKnown}
      aria-label={t('training.whatIsKnown')}
    >
      <p role="status">
        <strong>{t(feedback.isAsKnown ? 'training.asKnown' : 'training.otherwise')}</strong>{' '}
        {t('training.known', { answer: answerWords(t, feedback.known) })}
      </p>
      {feedback.explanation !== '' && <SafeMarkdown text={feedback.explanation} />}
      <button ref={next} type="button" className="primary" onClick={onContinue}>
        {t('training.next')}
      </button>
    </section>
  );
}
