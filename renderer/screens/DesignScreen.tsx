import { DrawsPanel } from '../components/design/DrawsPanel.tsx';
import { KnownAnswersPanel } from '../components/design/KnownAnswersPanel.tsx';
import { PlannerPanel } from '../components/design/PlannerPanel.tsx';
import { PlanPanel } from '../components/design/PlanPanel.tsx';
import { RulesForm } from '../components/design/RulesForm.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { StudyPage } from '../components/StudyPage.tsx';
import { useQuery } from '../state/query.ts';

/** Everything that makes votes worth having, before they are given. */
export function DesignScreen({ studyId }: { readonly studyId: string }) {
  const { value: study, error, reload } = useQuery('studies.show', { studyId });
  return (
    <StudyPage studyId={studyId} study={study} place="design">
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {study !== null && (
        <>
          <section className="panel" aria-label="Rules">
            <h2>Rules</h2>
            <RulesForm study={study} />
          </section>
          <PlannerPanel study={study} />
          <DrawsPanel study={study} />
          <KnownAnswersPanel study={study} />
          <PlanPanel studyId={studyId} votes={study.votes} />
        </>
      )}
    </StudyPage>
  );
}
