import { useTranslation } from 'react-i18next';
import { durationText, numberText } from '../../language/language.ts';
import type { RatingState } from '../../state/rating.ts';
import { SyntheticBadge } from '../SyntheticBadge.tsx';
import { RateStatus } from './RateStatus.tsx';

/** Where the rater stands: study, progress, pace, time left, and what became of the last vote. */
export function RateHeader({
  rating,
  sessionGoal,
  undoKey,
  onLeave,
}: {
  readonly rating: RatingState;
  readonly sessionGoal: number | null;
  readonly undoKey: string;
  readonly onLeave: () => void;
}) {
  const { study, progress, stage, votesHere } = rating;
  const { t } = useTranslation();
  return (
    <header className="rate-head">
      <button type="button" className="quiet-button" onClick={onLeave}>
        {t('head.leave')}
      </button>
      <h1>
        {study?.name ?? t('head.rating')} {study?.isSynthetic === true && <SyntheticBadge />}
      </h1>
      <span className="quiet">{t('head.as', { rater: rating.rater })}</span>
      <RateStatus rating={rating} undoKey={undoKey} />
      {progress !== null && stage === 'working' && (
        <div className="rate-progress">
          <progress
            max={Math.max(1, progress.total)}
            value={progress.done}
            aria-label={t('head.pairsDone')}
          />
          <span>
            {t('head.progress', { done: numberText(progress.done), total: numberText(progress.total) })}
          </span>
          {progress.blockLeft !== null && (
            <span className="quiet">
              {t('head.blockLeft', { count: progress.blockLeft, number: numberText(progress.blockLeft) })}
            </span>
          )}
          {sessionGoal !== null && (
            <span className="quiet">
              {votesHere >= sessionGoal
                ? t('head.goalReached', { goal: numberText(sessionGoal) })
                : t('head.goal', { done: numberText(votesHere), goal: numberText(sessionGoal) })}
            </span>
          )}
          {progress.medianSeconds !== null && progress.total > progress.done && (
            <span className="quiet">
              {t('head.pace', {
                seconds: durationText(progress.medianSeconds),
                left: durationText((progress.total - progress.done) * progress.medianSeconds, 'minute'),
              })}
            </span>
          )}
        </div>
      )}
    </header>
  );
}
