import { ErrorNote } from '../components/ErrorNote.tsx';
import { ExportPanel } from '../components/ExportPanel.tsx';
import { StudyPage } from '../components/StudyPage.tsx';
import { useQuery } from '../state/query.ts';

/** What leaves a study: calibration sets, tables, the files of other tools. */
export function ExportScreen({ studyId }: { readonly studyId: string }) {
  const { value: study, error, reload } = useQuery('studies.show', { studyId });
  return (
    <StudyPage studyId={studyId} study={study} place="export">
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      <ExportPanel studyId={studyId} />
    </StudyPage>
  );
}
