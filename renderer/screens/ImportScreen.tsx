import { useState } from 'react';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { SniffedFile } from '../../shared/contract/import-methods.ts';
import type { ImportJob } from '../../shared/contract/job-methods.ts';
import type { Mapping } from '../../shared/formats/mapping.ts';
import { client, uploadFile } from '../api/host.ts';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { ImportResultView } from '../components/ImportResultView.tsx';
import { JobProgressView } from '../components/JobProgressView.tsx';
import { Page } from '../components/Page.tsx';
import { SourceEditor } from '../components/SourceEditor.tsx';
import { draftOf, draftProblem, mappingOf, type SourceDraft } from '../state/import-draft.ts';
import { useJob } from '../state/job.ts';
import { useQuery } from '../state/query.ts';
import { goTo } from '../state/route.ts';

interface Chosen {
  readonly uploads: readonly string[];
  readonly files: readonly SniffedFile[];
}

/** Neither native nor in a tool's own format. */
function needsColumns({ isNative, recognised }: SniffedFile): boolean {
  return !isNative && recognised === null;
}

export function ImportScreen() {
  const { value: host } = useQuery('host.info', {});
  const { value: studies } = useQuery('studies.list', {});
  const { value: saved, reload: reloadSaved } = useQuery('mappings.list', {}, ['mappings']);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [studyName, setStudyName] = useState('');
  const [drafts, setDrafts] = useState<readonly SourceDraft[]>([]);
  const [savedName, setSavedName] = useState('');
  const [saveAs, setSaveAs] = useState('');
  const [problem, setProblem] = useState<Failure | null>(null);
  const [isReading, setIsReading] = useState(false);
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob<ImportJob>(jobId);

  const needsMapping = chosen?.files.some(needsColumns) === true;
  const savedMapping = saved?.find(({ name }) => name === savedName)?.mapping;
  const mapping: Mapping | undefined = needsMapping ? (savedMapping ?? mappingOf(drafts)) : undefined;
  const obstacle =
    chosen === null
      ? 'Choose files first.'
      : studyName.trim() === ''
        ? 'Name the study.'
        : needsMapping && savedMapping === undefined
          ? draftProblem(drafts)
          : null;
  const isRunning = job?.state === 'running' || (jobId !== null && job === null);
  const reset = () => setJobId(null);

  const take = async (uploads: readonly string[]) => {
    reset();
    if (uploads.length === 0) return;
    const reply = await client.call('imports.sniff', { uploads: [...uploads] });
    if (!reply.ok) return setProblem(reply.error);
    setProblem(null);
    setChosen({ uploads, files: reply.value });
    setDrafts(reply.value.filter(needsColumns).map((file) => draftOf(file, file === reply.value[0])));
  };
  const upload = async (files: readonly File[]) => {
    setIsReading(true);
    setProblem(null);
    const uploads: string[] = [];
    for (const file of files) {
      const reply = await uploadFile(file);
      if (reply.ok) uploads.push(reply.value.uploadId);
      else setProblem(reply.error);
    }
    await take(uploads);
    setIsReading(false);
  };
  const pick = async () => {
    const reply = await client.call('host.pickFiles', {});
    if (reply.ok) await take(reply.value.map(({ uploadId }) => uploadId));
    else setProblem(reply.error);
  };
  const start = async (dryRun: boolean) => {
    if (chosen === null) return;
    setProblem(null);
    const reply = await client.call('imports.start', {
      uploads: [...chosen.uploads],
      studyName: studyName.trim(),
      dryRun,
      ...(mapping === undefined ? {} : { mapping }),
    });
    if (reply.ok) setJobId(reply.value.jobId);
    else setProblem(reply.error);
  };
  const saveMapping = async () => {
    const reply = await client.call('mappings.save', { name: saveAs.trim(), mapping: mappingOf(drafts) });
    if (!reply.ok) return setProblem(reply.error);
    setSaveAs('');
    reloadSaved();
  };
  const result = job?.state === 'done' ? job.result : undefined;

  return (
    <Page title="Import comparisons">
      <section className="panel">
        <h2>Files</h2>
        <p className="quiet">
          JSON Lines, JSON, CSV or Parquet: in the native format, as FastChat, Chatbot Arena, AlpacaEval,
          Arena-Hard, Inspect, lm-evaluation-harness, promptfoo, OpenAI evals, LangSmith, Langfuse, Label
          Studio, Argilla or Prodigy write them, as preference sets, or in any other. Choose two runs of one
          harness together to compare them, and files of verdicts together with their comparisons. A
          calibration set is imported by its folder on the command line.
        </p>
        {host?.capabilities.pickFiles === true ? (
          <button type="button" className="primary" onClick={() => void pick()}>
            Choose files …
          </button>
        ) : (
          <label className="file-choice">
            Choose files
            <input
              type="file"
              multiple
              accept=".json,.jsonl,.ndjson,.csv,.tsv,.parquet,.eval"
              onChange={(event) => {
                const files = [...(event.target.files ?? [])];
                // The same file, corrected, must be a change again.
                event.target.value = '';
                if (files.length > 0) void upload(files);
              }}
            />
          </label>
        )}
        {isReading && <p role="status">Reading …</p>}
        {chosen !== null && (
          <ul className="plain-list">
            {chosen.files.map((file) => (
              <li key={file.name}>
                <code>{file.name}</code>{' '}
                <span className="quiet">
                  {file.problem ??
                    `${file.bytes.toLocaleString('en')} bytes, ${file.readAs}, ${file.isNative ? 'native format' : (file.recognised?.title ?? 'columns to be chosen')}`}
                </span>
                {file.recognised !== null && (
                  <p className="quiet">
                    Recognised: {file.recognised.why}. Verdicts: {file.recognised.order}.
                  </p>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      {problem !== null && <ErrorNote error={problem} />}
      {chosen !== null && (
        <section className="panel">
          <h2>Study</h2>
          <label className="stacked">
            Import into (a new name makes a new study)
            <input
              list="study-names"
              maxLength={120}
              value={studyName}
              onChange={(event) => {
                setStudyName(event.target.value);
                reset();
              }}
            />
          </label>
          <datalist id="study-names">
            {studies?.map(({ name }) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </section>
      )}
      {needsMapping && (
        <section className="panel">
          <h2>Mapping</h2>
          <div className="inline-form">
            <label>
              Saved mapping
              <select value={savedName} onChange={(event) => setSavedName(event.target.value)}>
                <option value="">choose the columns below</option>
                {saved?.map(({ name }) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            {savedMapping === undefined && (
              <>
                <label>
                  Save the choice below as
                  <input value={saveAs} maxLength={120} onChange={(event) => setSaveAs(event.target.value)} />
                </label>
                <button
                  type="button"
                  disabled={saveAs.trim() === '' || draftProblem(drafts) !== null}
                  onClick={() => void saveMapping()}
                >
                  Save mapping
                </button>
              </>
            )}
          </div>
        </section>
      )}
      {needsMapping &&
        savedMapping === undefined &&
        drafts.map((draft) => {
          const file = chosen?.files.find(({ name }) => name === draft.file);
          return file === undefined ? null : (
            <SourceEditor
              key={draft.file}
              file={file}
              draft={draft}
              onChange={(changed) => {
                setDrafts(drafts.map((each) => (each.file === changed.file ? changed : each)));
                reset();
              }}
            />
          );
        })}
      {chosen !== null && (
        <section className="panel">
          <h2>Import</h2>
          {obstacle !== null && <p className="quiet">{obstacle}</p>}
          <div className="button-row">
            <button type="button" disabled={obstacle !== null || isRunning} onClick={() => void start(true)}>
              Preview (writes nothing)
            </button>
            <button
              type="button"
              className="primary"
              disabled={obstacle !== null || isRunning || (result?.dryRun === true && result.errorCount > 0)}
              onClick={() => void start(false)}
            >
              Import
            </button>
          </div>
          {isRunning && <JobProgressView job={job} />}
          {job?.error !== undefined && <ErrorNote error={job.error} />}
          {result !== undefined && <ImportResultView result={result} />}
          {result !== undefined && !result.dryRun && result.studyId !== null && (
            <button
              type="button"
              className="primary"
              onClick={() => goTo({ screen: 'study', studyId: result.studyId ?? '' })}
            >
              Open the study
            </button>
          )}
        </section>
      )}
    </Page>
  );
}
