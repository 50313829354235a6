import { useTranslation } from 'react-i18next';
import { failureText } from '../../language/failure-text.ts';
import { numberText } from '../../language/language.ts';
import {
  beginAgain,
  closeBlock,
  giveConsent,
  type RatingState,
  retrySaving,
  undoLast,
} from '../../state/rating.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { SafeMarkdown } from '../SafeMarkdown.tsx';

/** What is said where no pair is to be answered, or where an answer could not be kept. */
export function RateMessage({
  rating,
  onLeave,
  onLook,
  onGuess,
}: {
  readonly rating: RatingState;
  readonly onLeave: () => void;
  /** Opens the rater's own votes. */
  readonly onLook: () => void;
  /** Goes on to the last questions. */
  readonly onGuess: () => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      {rating.phase === 'loading' && <p className="waiting">{t('state.loading')}</p>}
      {rating.phase === 'taken_over' && rating.error !== null && (
        <section className="rate-message" role="alert">
          <h2>{t('state.elsewhere')}</h2>
          <p>{failureText(rating.error)}</p>
          {rating.vote !== null && <p>{t('state.lastNotRecorded')}</p>}
          <button type="button" className="primary" onClick={() => void beginAgain()}>
            {t('state.continueHere')}
          </button>
        </section>
      )}
      {rating.phase === 'failed' && rating.error !== null && (
        <div className="rate-problem">
          <ErrorNote
            error={rating.error}
            onRetry={() => void (rating.vote === null ? beginAgain() : retrySaving())}
          />
          {rating.vote === null ? (
            <button type="button" onClick={onLeave}>
              {t('state.back')}
            </button>
          ) : (
            <p>{t('state.answerKept')}</p>
          )}
        </div>
      )}
      {rating.phase === 'saving' && rating.error !== null && (
        <p className="rate-waiting" role="status">
          {t('state.retrying', { reason: failureText(rating.error) })}
        </p>
      )}
      {rating.phase === 'block_end' && (
        <section className="rate-message">
          <h2>{t('block.done')}</h2>
          <p>{t('block.about')}</p>
          <div className="button-row">
            <button type="button" className="primary" onClick={() => void closeBlock()}>
              {t('block.close')}
            </button>
            <button type="button" onClick={onLook}>
              {t('block.look')}
            </button>
          </div>
        </section>
      )}
      {rating.phase === 'consent' && (
        <section className="rate-message consent">
          <h2>{t('consent.title')}</h2>
          <div className="consent-text" dir="auto">
            <SafeMarkdown text={rating.study?.consent ?? ''} />
          </div>
          <p className="quiet">{t('consent.about')}</p>
          <div className="button-row">
            <button type="button" className="primary" onClick={() => void giveConsent()}>
              {t('consent.agree')}
            </button>
            <button type="button" onClick={onLeave}>
              {t('consent.leave')}
            </button>
          </div>
        </section>
      )}
      {rating.phase === 'paused' && (
        <section className="rate-message">
          <h2>{t('paused.title')}</h2>
          <p>{t('paused.about')}</p>
          <div className="button-row">
            <button type="button" className="primary" onClick={() => void beginAgain()}>
              {t('paused.look')}
            </button>
            <button type="button" onClick={onLeave}>
              {t('state.back')}
            </button>
          </div>
        </section>
      )}
      {rating.phase === 'refused' && (
        <section className="rate-message">
          <h2>{t('refused.title')}</h2>
          <p>
            {t('refused.about', {
              correct: numberText(rating.training?.lastResult?.correct ?? 0),
              answered: numberText(rating.training?.lastResult?.answered ?? 0),
            })}
          </p>
          <button type="button" className="primary" onClick={onLeave}>
            {t('state.back')}
          </button>
        </section>
      )}
      {rating.phase === 'finished' && (
        <section className="rate-message">
          <h2>{t('state.finished')}</h2>
          <p>
            {t('state.thanks', {
              count: rating.progress?.done ?? 0,
              number: numberText(rating.progress?.done ?? 0),
            })}
          </p>
          {rating.guessesLeft > 0 && <p>{t('guess.invitation')}</p>}
          <div className="button-row">
            {rating.guessesLeft > 0 && (
              <button type="button" className="primary" onClick={onGuess}>
                {t('guess.begin', { count: rating.guessesLeft, number: numberText(rating.guessesLeft) })}
              </button>
            )}
            <button
              type="button"
              className={rating.guessesLeft > 0 ? undefined : 'primary'}
              onClick={onLeave}
            >
              {t('state.back')}
            </button>
            <button type="button" onClick={() => void undoLast()}>
              {t('state.undoLast')}
            </button>
          </div>
        </section>
      )}
    </>
  );
}
