import type { RatingState } from '../../state/rating.ts';

/** Where a rater stands before the work begins. */
export function TrainingBanner({ rating }: { readonly rating: Pick<RatingState, 'stage' | 'training'> }) {
  const { stage, training } = rating;
  if (training === null || stage === 'working') return null;
  const { done, total, passMark, attemptsLeft, lastResult } = training;
  const place = `${Math.min(done + 1, total)} of ${total}`;
  return (
    <p className="training-banner" role="status">
      {stage === 'practice' && `Practice ${place}: after each answer you are told what is known.`}
      {stage === 'qualifying' &&
        `${lastResult === null ? '' : `${lastResult.correct} of ${lastResult.answered} were as known, which is not enough yet. `}Qualifying ${place}: ${Math.ceil(passMark * total)} answers as known are needed; ${attemptsLeft === 1 ? 'this is the last attempt' : `${attemptsLeft} attempts are left`}.`}
    </p>
  );
}
