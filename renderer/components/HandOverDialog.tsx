import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RaterRole } from '../../shared/study/rater-role.ts';
import { client } from '../api/host.ts';
import { failureText } from '../language/failure-text.ts';
import { setSeat } from '../state/seat.ts';
import { Dialog } from './Dialog.tsx';
import { FieldProblem } from './FieldProblem.tsx';
import { RoleSelect } from './RoleSelect.tsx';

/** Hands the windows of this store to one person. */
export function HandOverDialog({
  studyId,
  onClose,
}: {
  readonly studyId: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [rater, setRater] = useState('');
  const [role, setRole] = useState<RaterRole>('rater');
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState('');
  const hand = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('seat.hand', { studyId, rater, role, passphrase });
    if (reply.ok) setSeat(reply.value);
    else setProblem(failureText(reply.error));
  };
  return (
    <Dialog title={t('handOver.title')} onClose={onClose}>
      <form className="stacked-form" onSubmit={(event) => void hand(event)}>
        <p>{t('handOver.about')}</p>
        <label>
          {t('study.rateAs')}
          <input
            value={rater}
            maxLength={120}
            autoComplete="off"
            onChange={(event) => setRater(event.target.value)}
          />
        </label>
        <RoleSelect role={role} onRole={setRole} />
        <label>
          {t('handOver.passphrase')}
          <input
            type="password"
            value={passphrase}
            maxLength={1000}
            autoComplete="new-password"
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </label>
        <FieldProblem text={problem} />
        <div className="button-row">
          <button type="submit" className="primary" disabled={rater.trim() === ''}>
            {t('handOver.hand')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
