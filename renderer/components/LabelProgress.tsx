import { useTranslation } from 'react-i18next';
import type { StudySummary } from '../../shared/contract/study-methods.ts';
import { numberText } from '../language/language.ts';

/** How many labels there are of those that the design asks for, as a bar and in percent. */
export function LabelProgress({ labels }: Pick<StudySummary, 'labels'>) {
  const { t } = useTranslation();
  const share = labels.asked === 0 ? 0 : Math.min(1, labels.given / labels.asked);
  // Whole only where it is: the last labels are the ones that are waited for.
  const percent = share === 1 ? 100 : Math.min(99, Math.round(100 * share));
  const counts = t('shelf.labels', { given: numberText(labels.given), asked: numberText(labels.asked) });
  return (
    <span title={counts}>
      <progress max={1} value={share} aria-label={counts} />{' '}
      {t('shelf.progress', { percent: numberText(percent) })}
    </span>
  );
}
