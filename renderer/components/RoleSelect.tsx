import { useTranslation } from 'react-i18next';
import type { RaterRole } from '../../shared/study/rater-role.ts';

/** Chooses what somebody is in a study. */
export function RoleSelect({
  role,
  onRole,
}: {
  readonly role: RaterRole;
  readonly onRole: (role: RaterRole) => void;
}) {
  const { t } = useTranslation();
  return (
    <label>
      {t('study.role')}
      <select value={role} onChange={(event) => onRole(event.target.value as RaterRole)}>
        <option value="rater">{t('study.isRater')}</option>
        <option value="adjudicator">{t('study.isAdjudicator')}</option>
      </select>
    </label>
  );
}
