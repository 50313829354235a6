/** What the import screen does: it has files looked at, keeps what is chosen for them, and starts the job. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/envelope.ts';
import type { SniffedFile } from '../../../shared/contract/import-methods.ts';
import type { ImportJob } from '../../../shared/contract/job-methods.ts';
import type { Mapping } from '../../../shared/formats/mapping/mapping.ts';
import { client, uploadFiles } from '../../api/host.ts';
import { useJob } from '../../state/job.ts';
import { useQuery } from '../../state/query.ts';
import { useTyped } from '../../state/typed.ts';
import { useWaitingFiles } from '../../state/waiting-files.ts';
import {
  canBeReadOtherwise,
  draftProblem,
  draftsOf,
  type ImportDraft,
  mappingOf,
  NO_IMPORT,
  namesItself,
  needsColumns,
  proposedName,
  type SourceDraft,
  type TextLayout,
} from './import-draft.ts';

/** The import of this window. What is chosen outlives leaving it and reload, and ends with the import. */
export function useImportWork() {
  const typed = useTyped<ImportDraft>('import', NO_IMPORT);
  const { value: chosen, change } = typed;
  const { value: saved, reload: reloadSaved } = useQuery('mappings.list', {});
  const [files, setFiles] = useState<readonly SniffedFile[] | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const [isReading, setIsReading] = useState(false);
  const [isGone, setIsGone] = useState(false);
  const job = useJob<ImportJob>(chosen.jobId);
  const asked = useRef(0);

  /** Null where the host refused, or something else was asked meanwhile. */
  const look = async (picked: ImportDraft['files'], layouts: ImportDraft['layouts']) => {
    const turn = ++asked.current;
    setIsReading(true);
    const uploads = picked.map(({ uploadId }) => uploadId);
    const reply = await client.call('imports.sniff', { uploads, layouts });
    if (turn !== asked.current) return null;
    setIsReading(false);
    setProblem(reply.ok ? null : reply.error);
    if (reply.ok) {
      setFiles(reply.value);
      setIsGone(false);
    }
    return reply;
  };
  const choose = async (picked: ImportDraft['files'], layouts: ImportDraft['layouts'] = {}) => {
    if ((await look(picked, layouts))?.ok !== true) return;
    // A name that was typed on another visit belongs to the files of that visit.
    const isOther =
      typed.isFromBefore && !picked.some(({ name }) => chosen.files.some((before) => before.name === name));
    change({
      files: picked,
      layouts,
      jobId: null,
      ...(isOther || chosen.studyName === '' ? { studyName: null } : {}),
    });
  };
  const upload = async (given: readonly File[]) => {
    setIsReading(true);
    setProblem(null);
    const { taken, problem: refused } = await uploadFiles(given);
    if (taken.length > 0) await choose(taken);
    if (refused !== null) setProblem(refused);
    setIsReading(false);
  };
  const startAnew = () => {
    asked.current++;
    typed.settle(NO_IMPORT);
    setFiles(null);
    setIsGone(false);
    setProblem(null);
  };

  const resume = useEffectEvent(async () => {
    const { files: before, layouts, jobId } = chosen;
    if (before.length === 0 || useWaitingFiles.getState().files.length > 0) return;
    if (jobId !== null && !(await client.call('jobs.get', { jobId })).ok) change({ jobId: null });
    const reply = await look(before, layouts);
    if (reply?.ok !== false || reply.error.code !== 'not_found') return;
    // The host keeps files as long as it runs. Of those of an earlier run the names are known.
    setProblem(null);
    setIsGone(true);
  });
  useEffect(() => void resume(), []);
  const waiting = useWaitingFiles(({ files: dropped }) => dropped);
  const uploadWaiting = useEffectEvent(upload);
  useEffect(() => {
    if (waiting.length === 0) return;
    useWaitingFiles.setState({ files: [] });
    void uploadWaiting(waiting);
  }, [waiting]);

  const result = job?.state === 'done' ? job.result : undefined;
  const doneIn = result === undefined || result.dryRun ? null : result.studyId;
  const settle = useEffectEvent(() => typed.settle(chosen));
  useEffect(() => {
    if (doneIn !== null) settle();
  }, [doneIn]);

  const savedMapping = saved?.find(({ name }) => name === chosen.savedMapping)?.mapping;
  const isMapped = files?.some(needsColumns) === true;
  const sources = files === null ? [] : draftsOf(files, chosen.sources);
  const mapping: Mapping | undefined = isMapped ? (savedMapping ?? mappingOf(sources)) : undefined;
  const studyName = chosen.studyName ?? mapping?.study ?? (files === null ? '' : proposedName(files));
  const broken = files?.find(({ problem: wrong }) => wrong !== null);
  const mappingProblem = isMapped && savedMapping === undefined ? draftProblem(sources) : null;
  const obstacle =
    broken !== undefined
      ? `${broken.name} cannot be read: leave it out${canBeReadOtherwise(broken) ? ', or say how it is read' : ''}.`
      : studyName.trim() === '' && files !== null && !namesItself(files)
        ? 'Name the study.'
        : mappingProblem;

  return {
    chosen,
    isFromBefore: typed.isFromBefore,
    startAnew,
    files,
    /** Names of files that were chosen before and that the host has no more. */
    gone: isGone ? chosen.files.map(({ name }) => name) : [],
    isReading,
    problem,
    upload,
    pick: async () => {
      const reply = await client.call('host.pickFiles', {});
      if (!reply.ok) setProblem(reply.error);
      else if (reply.value.length > 0) await choose(reply.value);
    },
    changeLayout: (index: number, layout: TextLayout) => {
      const uploadId = chosen.files[index]?.uploadId;
      if (uploadId !== undefined) void choose(chosen.files, { ...chosen.layouts, [uploadId]: layout });
    },
    leaveOut: (index: number) => {
      const left = chosen.files.toSpliced(index, 1);
      if (left.length > 0) return void choose(left, chosen.layouts);
      change({ files: [], jobId: null });
      setFiles(null);
    },
    studyName,
    nameStudy: (name: string) => change({ studyName: name, jobId: null }),
    isMapped,
    sources,
    changeSource: (source: SourceDraft) =>
      change({ sources: { ...chosen.sources, [source.file]: source }, jobId: null }),
    saved,
    savedMapping,
    mappingProblem,
    chooseMapping: (name: string) => change({ savedMapping: name, jobId: null }),
    nameMapping: (saveAs: string) => change({ saveAs }),
    saveMapping: async () => {
      const reply = await client.call('mappings.save', {
        name: chosen.saveAs.trim(),
        mapping: mappingOf(sources),
      });
      if (!reply.ok) return setProblem(reply.error);
      change({ saveAs: '' });
      reloadSaved();
    },
    obstacle,
    start: async (dryRun: boolean) => {
      setProblem(null);
      const reply = await client.call('imports.start', {
        uploads: chosen.files.map(({ uploadId }) => uploadId),
        layouts: chosen.layouts,
        studyName: studyName.trim() === '' ? null : studyName.trim(),
        dryRun,
        ...(mapping === undefined ? {} : { mapping }),
      });
      if (reply.ok) change({ jobId: reply.value.jobId });
      else setProblem(reply.error);
    },
    job,
    isRunning: job?.state === 'running' || (chosen.jobId !== null && job === null),
    result,
    doneIn,
  };
}

export type ImportWork = ReturnType<typeof useImportWork>;
