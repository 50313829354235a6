import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/contract/envelope.ts';
import { client } from '../api/host.ts';
import { AuditLogPanel } from '../components/AuditLogPanel.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { Page } from '../components/Page.tsx';
import { OpenPackDialog } from '../components/packs/OpenPackDialog.tsx';
import { SyntheticBadge } from '../components/SyntheticBadge.tsx';
import { countText } from '../language/language.ts';
import { useQuery } from '../state/query.ts';
import { goTo } from '../state/route.ts';

export function StudiesScreen() {
  const { t } = useTranslation();
  const { value: studies, error, reload } = useQuery('studies.list', {}, ['studies', 'ratings']);
  const [isOpening, setIsOpening] = useState(false);
  return (
    <Page
      title={t('studies.title')}
      actions={
        studies !== null && studies.length > 0 ? (
          <>
            <button type="button" onClick={() => setIsOpening(true)}>
              {t('pack.openAnother')}
            </button>
            <button type="button" className="primary" onClick={() => goTo({ screen: 'import' })}>
              {t('studies.import')}
            </button>
          </>
        ) : undefined
      }
    >
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {studies?.length === 0 && <EmptyStore />}
      {studies !== null && studies.length > 0 && (
        <ul className="cards">
          {studies.map((study) => (
            <li key={study.studyId}>
              <button
                type="button"
                className="card"
                onClick={() => goTo({ screen: 'study', studyId: study.studyId })}
              >
                <span className="card-title">
                  <bdi>{study.name}</bdi> {study.isSynthetic && <SyntheticBadge />}
                </span>
                <span className="card-facts">
                  {[
                    countText('pair', study.pairs),
                    countText('rater', study.raters),
                    countText('vote', study.votes),
                    countText('judge', study.judges),
                    t(study.unblindedAt === null ? 'studies.blind' : 'studies.unblinded'),
                  ].join(' · ')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {studies !== null && studies.length > 0 && <AuditLogPanel />}
      {isOpening && <OpenPackDialog file={null} onClose={() => setIsOpening(false)} />}
    </Page>
  );
}

function EmptyStore() {
  const { t } = useTranslation();
  const [error, setError] = useState<Failure | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const [isOpening, setIsOpening] = useState(false);
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
        <button type="button" onClick={() => setIsOpening(true)}>
          {t('pack.openAnother')}
        </button>
      </div>
      {isOpening && <OpenPackDialog file={null} onClose={() => setIsOpening(false)} />}
    </section>
  );
}
