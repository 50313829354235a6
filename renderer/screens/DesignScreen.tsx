import { ErrorNote } from '../components/ErrorNote.tsx';
import { StudyPage } from '../components/StudyPage.tsx';
import { DrawsPanel } from '../features/design/DrawsPanel.tsx';
import { KnownAnswersPanel } from '../features/design/KnownAnswersPanel.tsx';
import { PlanPanel } from '../features/design/PlanPanel.tsx';
import { RulesForm } from '../features/design/RulesForm.tsx';
import { useQuery } from '../state/query.ts';

/** Everything that makes votes worth having, before they are given. */
export function DesignScreen({ studyId }: { readonly studyId: string }) {
  const { value: study, error, reload } = useQuery('studies.show', { studyId });
  return (
    <StudyPage studyId={studyId} study={study} place="design">
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {study !== null && (
        <>
          <RulesForm study={study} />
          <DrawsPanel study={study} />
          <KnownAnswersPanel study={study} />
          <PlanPanel studyId={studyId} votes={study.votes} />
        </>
      )}
    </StudyPage>
  );
}
