import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RevealedVotes } from '../../../shared/contract/rating-methods.ts';
import { answerWords } from './answer-words.ts';

/** What raters said of the pair that stays on screen, once its adjudicator has decided. */
export function RevealedVotesView({
  votes,
  onContinue,
}: {
  readonly votes: RevealedVotes;
  readonly onContinue: () => void;
}) {
  const { t } = useTranslation();
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  return (
    <section className="practice-feedback revealed" aria-label={t('revealed.title')}>
      <p role="status">
        <strong>{t('revealed.title')}</strong>
      </p>
      <ul className="plain-list revealed-votes">
        {votes.map(({ rater, answer, strength, note }) => (
          <li key={rater}>
            <bdi>{rater}</bdi>: <strong>{answerWords(t, answer, strength)}</strong>
            {note !== null && (
              <span className="quiet" dir="auto">
                {' '}
                “{note}”
              </span>
            )}
          </li>
        ))}
      </ul>
      <button ref={next} type="button" className="primary" onClick={onContinue}>
        {t('training.next')}
      </button>
    </section>
  );
}
