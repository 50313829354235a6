import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { SniffedFile } from '../../shared/contract/import-methods.ts';
import type { ImportJob } from '../../shared/contract/job-methods.ts';
import type { Mapping } from '../../shared/formats/mapping/mapping.ts';
import { client, uploadFiles } from '../api/host.ts';
import { ChosenFiles, type TextLayout } from '../components/ChosenFiles.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { FileInput } from '../components/FileInput.tsx';
import { ImportDone } from '../components/ImportDone.tsx';
import { ImportResultView } from '../components/ImportResultView.tsx';
import { JobProgressView } from '../components/JobProgressView.tsx';
import { Page } from '../components/Page.tsx';
import { SourceEditor } from '../components/SourceEditor.tsx';
import { draftOf, draftProblem, mappingOf, type SourceDraft } from '../state/import-draft.ts';
import { useJob } from '../state/job.ts';
import { useQuery } from '../state/query.ts';
import { useWaitingFiles } from '../state/waiting-files.ts';

interface Chosen {
  readonly uploads: readonly string[];
  /** By upload: how its text is read, where somebody said so. */
  readonly layouts: Readonly<Record<string, TextLayout>>;
  readonly files: readonly SniffedFile[];
}

/** Neither native nor in a tool's own format. */
function needsColumns({ isNative, recognised, problem }: SniffedFile): boolean {
  return problem === null && !isNative && recognised === null;
}

/** What a study may be called that comes from these files. */
function proposedName(files: readonly SniffedFile[]): string {
  if (files.some(({ format }) => format === 'calibration_set')) return '';
  const name = files[0]?.name.split('/').at(-1) ?? '';
  return name.replace(/(?:\.[a-z]\w{0,9})+$/iu, '').slice(0, 120);
}

export function ImportScreen() {
  const { value: host } = useQuery('host.info', {});
  const { value: studies } = useQuery('studies.list', {});
  const { value: saved, reload: reloadSaved } = useQuery('mappings.list', {});
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
  const broken = chosen?.files.find(({ problem: wrong }) => wrong !== null);
  const savedMapping = saved?.find(({ name }) => name === savedName)?.mapping;
  const mapping: Mapping | undefined = needsMapping ? (savedMapping ?? mappingOf(drafts)) : undefined;
  const obstacle =
    chosen === null
      ? 'Choose files first.'
      : broken !== undefined
        ? `${broken.name} cannot be read: leave it out.`
        : studyName.trim() === ''
          ? 'Name the study.'
          : needsMapping && savedMapping === undefined
            ? draftProblem(drafts)
            : null;
  const isRunning = job?.state === 'running' || (jobId !== null && job === null);
  const reset = () => setJobId(null);

  const isNameOwn = useRef(false);
  const take = async (uploads: readonly string[], layouts: Chosen['layouts'] = {}) => {
    reset();
    if (uploads.length === 0) return setChosen(null);
    const reply = await client.call('imports.sniff', { uploads: [...uploads], layouts });
    if (!reply.ok) return setProblem(reply.error);
    setProblem(null);
    setChosen({ uploads, layouts, files: reply.value });
    if (!isNameOwn.current) setStudyName(proposedName(reply.value));
    setDrafts(reply.value.filter(needsColumns).map((file) => draftOf(file, file === reply.value[0])));
  };
  const changeLayout = (index: number, layout: TextLayout) => {
    const uploadId = chosen?.uploads[index];
    if (chosen === null || uploadId === undefined) return;
    const layouts = { ...chosen.layouts, [uploadId]: { ...chosen.layouts[uploadId], ...layout } };
    void take(chosen.uploads, layouts);
  };
  const leaveOut = (index: number) => {
    if (chosen !== null) void take(chosen.uploads.toSpliced(index, 1), chosen.layouts);
  };
  const upload = async (files: readonly File[]) => {
    setIsReading(true);
    setProblem(null);
    const { taken, problem: refused } = await uploadFiles(files);
    if (taken.length > 0) await take(taken.map(({ uploadId }) => uploadId));
    if (refused !== null) setProblem(refused);
    setIsReading(false);
  };
  const waiting = useWaitingFiles(({ files }) => files);
  const uploadWaiting = useEffectEvent(upload);
  useEffect(() => {
    if (waiting.length === 0) return;
    useWaitingFiles.setState({ files: [] });
    void uploadWaiting(waiting);
  }, [waiting]);
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
      layouts: chosen.layouts,
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
  const doneIn = result === undefined || result.dryRun ? null : result.studyId;

  return (
    <Page title="Import comparisons">
      <section className="panel">
        <h2>Files</h2>
        <p className="quiet">
          JSON Lines, JSON, CSV or Parquet: in the native format, as FastChat, Chatbot Arena, AlpacaEval,
          Arena-Hard, Inspect, lm-evaluation-harness, promptfoo, OpenAI evals, LangSmith, Langfuse, Label
          Studio, Argilla or Prodigy write them, as preference sets, or in any other. Choose two runs of one
          harness together to compare them, and files of verdicts together with their comparisons, or drop
          them on this window. They may be packed (.gz, .zst). Of a calibration set choose all files of its
          folder, or a ZIP archive of it.
        </p>
        {host?.capabilities.pickFiles === true ? (
          <button type="button" className="primary" onClick={() => void pick()}>
            Choose files …
          </button>
        ) : (
          <FileInput isMultiple onChoose={(files) => void upload(files)}>
            Choose files
          </FileInput>
        )}
        {isReading && <p role="status">Reading …</p>}
        {chosen !== null && <ChosenFiles files={chosen.files} onLayout={changeLayout} onRemove={leaveOut} />}
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
                isNameOwn.current = true;
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
              <select
                value={savedName}
                onChange={(event) => {
                  setSavedName(event.target.value);
                  const proposed = saved?.find(({ name }) => name === event.target.value)?.mapping.study;
                  if (proposed !== undefined && !isNameOwn.current) setStudyName(proposed);
                }}
              >
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
              className={doneIn === null ? 'primary' : ''}
              disabled={
                obstacle !== null ||
                isRunning ||
                doneIn !== null ||
                (result?.dryRun === true && result.errorCount > 0)
              }
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
      )}
    </Page>
  );
}
