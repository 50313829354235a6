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
  const total = numberText(progress?.total ?? 0);
  /** What is counted has its room from the first pair on, so that nothing beside it moves. */
  const longest = t('head.progress', { done: total, total });
  return (
    <header className="rate-head">
      <button type="button" className="quiet-button" onClick={onLeave}>
        {t('head.leave')}
      </button>
      <h1>
        {study?.name ?? t('head.rating')} {study?.isSynthetic === true && <SyntheticBadge />}
      </h1>
      <span className="quiet rater-name">{t('head.as', { rater: rating.rater })}</span>
      {progress !== null && stage === 'working' && (
        <div className="rate-progress">
          <progress
            max={Math.max(1, progress.total)}
            value={progress.done}
            aria-label={t('head.pairsDone')}
          />
          <span className="rate-count" style={{ minInlineSize: `${longest.length}ch` }}>
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
      <RateStatus rating={rating} undoKey={undoKey} />
    </header>
  );
}
