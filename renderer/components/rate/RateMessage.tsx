import { useTranslation } from 'react-i18next';
import { failureText } from '../../language/failure-text.ts';
import { numberText } from '../../language/language.ts';
import { beginRating, closeBlock, type RatingState, retrySaving, undoLast } from '../../state/rating.ts';
import { ErrorNote } from '../ErrorNote.tsx';

/** What is said where no pair is to be answered, or where an answer could not be kept. */
export function RateMessage({
  rating,
  onLeave,
  onLook,
}: {
  readonly rating: RatingState;
  readonly onLeave: () => void;
  /** Opens the rater's own votes. */
  readonly onLook: () => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      {rating.phase === 'loading' && <p className="waiting">{t('state.loading')}</p>}
      {rating.phase === 'taken_over' && rating.error !== null && (
        <section className="rate-message">
          <h2>{t('state.elsewhere')}</h2>
          <p>{failureText(rating.error)}</p>
          <button
            type="button"
            className="primary"
            onClick={() => void beginRating(rating.studyId, rating.rater)}
          >
            {t('state.continueHere')}
          </button>
        </section>
      )}
      {rating.phase === 'failed' && rating.error !== null && (
        <div className="rate-problem">
          <ErrorNote
            error={rating.error}
            onRetry={() =>
              void (rating.vote === null ? beginRating(rating.studyId, rating.rater) : retrySaving())
            }
          />
          {rating.vote !== null && <p>{t('state.answerKept')}</p>}
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
          <div className="button-row">
            <button type="button" className="primary" onClick={onLeave}>
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
