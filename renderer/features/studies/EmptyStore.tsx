import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/envelope.ts';
import { client } from '../../api/host.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { goTo } from '../../state/route.ts';

/** What a store without studies says: how to begin. */
export function EmptyStore() {
  const { t } = useTranslation();
  const [error, setError] = useState<Failure | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const addSample = async () => {
    setIsAdding(true);
    const reply = await client.call('studies.addSample', {});
    setIsAdding(false);
    if (reply.ok) goTo({ screen: 'study', studyId: reply.value.studyId });
    else setError(reply.error);
  };
  return (
    <section className="empty">
      <h2>{t('studies.emptyTitle')}</h2>
      <p>{t('studies.emptyAbout')}</p>
      {error !== null && <ErrorNote error={error} />}
      <div className="button-row">
        <button type="button" className="primary" disabled={isAdding} onClick={() => void addSample()}>
          {t(isAdding ? 'studies.adding' : 'studies.sample')}
        </button>
        <button type="button" onClick={() => goTo({ screen: 'import' })}>
          {t('studies.import')}
        </button>
      </div>
    </section>
  );
}
