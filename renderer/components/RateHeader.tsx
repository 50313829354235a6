import type { RatingState } from '../state/rating.ts';
import { SyntheticBadge } from './SyntheticBadge.tsx';

const PHASE_TEXT = { saving: 'Saving …', failed: 'Not recorded' } as const;

/** Where the rater stands: study, progress, pace, time left, and whether the last vote is on disk. */
export function RateHeader({
  rating,
  sessionGoal,
  onLeave,
}: {
  readonly rating: RatingState;
  readonly sessionGoal: number | null;
  readonly onLeave: () => void;
}) {
  const { study, progress, phase, notice, stage, votesHere } = rating;
  const status =
    phase === 'saving' || phase === 'failed' ? PHASE_TEXT[phase] : notice === 'Recorded.' ? 'Recorded' : '';
  return (
    <header className="rate-head">
      <button type="button" className="quiet-button" onClick={onLeave}>
        ← Leave
      </button>
      <h1>
        {study?.name ?? 'Rating'} {study?.isSynthetic === true && <SyntheticBadge />}
      </h1>
      <span className="quiet">as {rating.rater}</span>
      <span className="save-state" data-phase={phase}>
        {status}
      </span>
      {progress !== null && stage === 'working' && (
        <div className="rate-progress">
          <progress max={Math.max(1, progress.total)} value={progress.done} aria-label="Pairs done" />
          <span>
            {progress.done.toLocaleString('en')} of {progress.total.toLocaleString('en')}
          </span>
          {progress.blockLeft !== null && (
            <span className="quiet">
              {progress.blockLeft === 1 ? '1 pair' : `${progress.blockLeft} pairs`} left in this block
            </span>
          )}
          {sessionGoal !== null && (
            <span className="quiet">
              {votesHere >= sessionGoal
                ? `goal of ${sessionGoal.toLocaleString('en')} reached`
                : `${votesHere} of ${sessionGoal.toLocaleString('en')} in this session`}
            </span>
          )}
          {progress.medianSeconds !== null && progress.total > progress.done && (
            <span className="quiet">
              {progress.medianSeconds.toFixed(0)} s each · about{' '}
              {duration((progress.total - progress.done) * progress.medianSeconds)} left
            </span>
          )}
        </div>
      )}
    </header>
  );
}

function duration(seconds: number): string {
  if (seconds < 90) return '1 min';
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
