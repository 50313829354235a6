import { useTranslation } from 'react-i18next';
import type { RatingState } from '../../state/rating.ts';
import { answerWords } from './answer-words.ts';

/** Says that an own vote is open again, what it was, and the way back to the work. */
export function RevisitedBanner({
  rating,
  onGoOn,
}: {
  readonly rating: Pick<RatingState, 'earlier' | 'revisited'>;
  readonly onGoOn: () => void;
}) {
  const { t } = useTranslation();
  const { earlier, revisited } = rating;
  return (
    <div className="revisited-banner" role="status">
      {earlier !== null && t('work.open', { answer: answerWords(t, earlier.answer, earlier.strength) })}{' '}
      {revisited?.canChange === false && t('work.isFinal')}
      <button type="button" onClick={onGoOn}>
        {t('action.go_on.label')}
      </button>
    </div>
  );
}
