import { useTranslation } from 'react-i18next';

/** Stands wherever figures or texts of made-up data are shown. */
export function SyntheticBadge() {
  const { t } = useTranslation();
  return <span className="badge">{t('shown.synthetic')}</span>;
}
