import { ErrorNote } from '../../components/ErrorNote.tsx';
import { JobProgressView } from '../../components/JobProgressView.tsx';
import { Page } from '../../components/Page.tsx';
import { TypedBefore } from '../../components/TypedBefore.tsx';
import { useQuery } from '../../state/query.ts';
import { FilesPanel } from './FilesPanel.tsx';
import { ImportDone } from './ImportDone.tsx';
import { ImportResultView } from './ImportResultView.tsx';
import { namesItself } from './import-draft.ts';
import { MappingPanel } from './MappingPanel.tsx';
import { type ImportWork, useImportWork } from './use-import-work.ts';

export function ImportScreen() {
  const work = useImportWork();
  return (
    <Page title="Import comparisons">
      {work.isFromBefore && (
        <TypedBefore onThrowAway={work.startAnew}>
          This is what you chose before; it is not imported yet.
        </TypedBefore>
      )}
      <FilesPanel work={work} />
      {work.problem !== null && <ErrorNote error={work.problem} />}
      {work.files !== null && <StudyPanel work={work} areNamed={namesItself(work.files)} />}
      {work.isMapped && <MappingPanel work={work} />}
      {work.files !== null && <StartPanel work={work} />}
    </Page>
  );
}

function StudyPanel({ work, areNamed }: { readonly work: ImportWork; readonly areNamed: boolean }) {
  const { value: studies } = useQuery('studies.list', {});
  return (
    <section className="panel">
      <h2>Study</h2>
      <label className="stacked">
        Import into (a new name makes a new study)
        <input
          list="study-names"
          maxLength={120}
          placeholder={areNamed ? 'as the set says' : ''}
          value={work.studyName}
          onChange={(event) => work.nameStudy(event.target.value)}
        />
      </label>
      <datalist id="study-names">
        {studies?.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </section>
  );
}

function StartPanel({ work }: { readonly work: ImportWork }) {
  const { obstacle, isRunning, result, doneIn, job, start } = work;
  const isRefused = result?.dryRun === true && result.errorCount > 0;
  return (
    <section className="panel">
      <h2>Import</h2>
      {obstacle !== null && <p className="quiet">{obstacle}</p>}
      <div className="button-row">
        <button type="button" disabled={obstacle !== null || isRunning} onClick={() => void start(true)}>
          Preview (writes nothing)
        </button>
        <button
          type="button"
          className={doneIn === null ? 'primary' : ''}
          disabled={obstacle !== null || isRunning || doneIn !== null || isRefused}
          onClick={() => void start(false)}
        >
          Import
        </button>
      </div>
      {isRunning && <JobProgressView job={job} />}
      {job?.error !== undefined && <ErrorNote error={job.error} />}
      {result !== undefined && doneIn !== null && <ImportDone result={{ ...result, studyId: doneIn }} />}
      {result !== undefined && <ImportResultView result={result} />}
    </section>
  );
}
