import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplyOf } from '../../../shared/contract/methods.ts';
import { deletedStudyLines } from '../../../shared/report/deleted-study-text.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { Page } from '../../components/Page.tsx';
import { OpenPackDialog } from '../../components/packs/OpenPackDialog.tsx';
import { numberText } from '../../language/language.ts';
import { useQuery } from '../../state/query.ts';
import { choose, goTo, useRoute } from '../../state/route.ts';
import { AuditLogPanel } from '../log/AuditLogPanel.tsx';
import { EmptyStore } from './EmptyStore.tsx';
import { StudyCard } from './StudyCard.tsx';

/** The studies of a store; archived ones stand behind a choice in the address. */
export function StudiesScreen() {
  const { t } = useTranslation();
  const { value: studies, error, reload } = useQuery('studies.list', {});
  const { route } = useRoute();
  const [isOpening, setIsOpening] = useState(false);
  const [deleted, setDeleted] = useState<ReplyOf<'studies.delete'> | null>(null);
  const isArchive = route.choices?.show === 'archived';
  const current = studies?.filter(({ archivedAt }) => archivedAt === null) ?? [];
  const archived = studies?.filter(({ archivedAt }) => archivedAt !== null) ?? [];
  const shown = isArchive ? archived : current;
  return (
    <Page
      title={t('studies.title')}
      actions={
        <>
          <button type="button" onClick={() => setIsOpening(true)}>
            {t('pack.openAnother')}
          </button>
          {studies !== null && studies.length > 0 && (
            <button type="button" className="primary" onClick={() => goTo({ screen: 'import' })}>
              {t('studies.import')}
            </button>
          )}
        </>
      }
    >
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {studies?.length === 0 && <EmptyStore />}
      {(archived.length > 0 || isArchive) && (
        <fieldset className="switch" aria-label={t('shelf.shown')}>
          <button type="button" aria-pressed={!isArchive} onClick={() => choose({ show: null })}>
            {t('shelf.current', { number: numberText(current.length) })}
          </button>
          <button type="button" aria-pressed={isArchive} onClick={() => choose({ show: 'archived' })}>
            {t('shelf.archived', { number: numberText(archived.length) })}
          </button>
        </fieldset>
      )}
      {studies !== null && studies.length > 0 && shown.length === 0 && (
        <p className="quiet">{t(isArchive ? 'shelf.noneArchived' : 'shelf.noneCurrent')}</p>
      )}
      {shown.length > 0 && (
        <ul className="cards">
          {shown.map((study) => (
            <StudyCard key={study.studyId} study={study} onDeleted={setDeleted} />
          ))}
        </ul>
      )}
      {studies !== null && studies.length > 0 && <AuditLogPanel />}
      {deleted !== null && (
        <Dialog title={t('shelf.gone')} onClose={() => setDeleted(null)} isText>
          {deletedStudyLines(deleted).map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Dialog>
      )}
      {isOpening && <OpenPackDialog file={null} onClose={() => setIsOpening(false)} />}
    </Page>
  );
}
