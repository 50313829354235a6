import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { RaterPanel } from '../components/RaterPanel.tsx';
import { StudyPage } from '../components/StudyPage.tsx';
import { useQuery } from '../state/query.ts';

/** Where somebody begins to rate. */
export function BeginScreen({ studyId }: { readonly studyId: string }) {
  const { t } = useTranslation();
  const { value: study, error, reload } = useQuery('studies.show', { studyId });
  return (
    <StudyPage studyId={studyId} study={study} place="begin">
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {study === null && error === null && <p className="waiting">{t('state.loading')}</p>}
      {study !== null && <RaterPanel study={study} takesFocus />}
    </StudyPage>
  );
}
