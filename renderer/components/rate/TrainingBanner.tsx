import { useTranslation } from 'react-i18next';
import { answersToPass } from '../../../shared/rating/pass-mark.ts';
import { numberText } from '../../language/language.ts';
import type { RatingState } from '../../state/rating.ts';

/** Where a rater stands before the work begins. */
export function TrainingBanner({ rating }: { readonly rating: Pick<RatingState, 'stage' | 'training'> }) {
  const { t } = useTranslation();
  const { stage, training } = rating;
  if (training === null || (stage !== 'practice' && stage !== 'qualifying')) return null;
  const { done, total, passMark, attemptsLeft, lastResult } = training;
  const at = { place: numberText(Math.min(done + 1, total)), total: numberText(total) };
  const sentences =
    stage === 'practice'
      ? [t('training.practice', at)]
      : [
          ...(lastResult === null
            ? []
            : [
                t('training.notEnough', {
                  correct: numberText(lastResult.correct),
                  answered: numberText(lastResult.answered),
                }),
              ]),
          t('training.qualifying', { ...at, needed: numberText(answersToPass(passMark, total)) }),
          attemptsLeft === 1
            ? t('training.lastAttempt')
            : t('training.attemptsLeft', { count: attemptsLeft, number: numberText(attemptsLeft) }),
        ];
  return (
    <p className="training-banner" role="status">
      {sentences.join(' ')}
    </p>
  );
}
