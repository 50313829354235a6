import { useTranslation } from 'react-i18next';
import type { Comparison, DifferenceMode } from '../../reading/use-differences.ts';

/** What the marks in both texts mean, for as long as there are any. */
export function DifferencesLegend({
  mode,
  comparison,
}: {
  readonly mode: DifferenceMode;
  readonly comparison: Comparison;
}) {
  const { t } = useTranslation();
  return (
    <p className="differences-legend">
      {comparison === 'differ' ? (
        <>
          <span>{t('marks.about')}:</span>
          <span className="mark-only">{t('marks.only')}</span>
          <span className="mark-moved">{t('marks.moved')}</span>
          {mode === 'folded' && <span className="mark-folded">{t('marks.folded')}</span>}
        </>
      ) : (
        t(comparison === 'alike' ? 'marks.alike' : 'marks.apart')
      )}
    </p>
  );
}
