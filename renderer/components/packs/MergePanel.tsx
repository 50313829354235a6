import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/envelope.ts';
import type { PickedFile } from '../../../shared/contract/host-methods.ts';
import type { MergedFile, MergeResult } from '../../../shared/contract/pack-methods.ts';
import {
  clockSentence,
  MERGE_ROW_HEADS,
  mergedFileCounts,
  mergedFileFacts,
  mergeOutcome,
  mergeRowCells,
} from '../../../shared/report/merge-report.ts';
import { useFollowedCall } from '../../state/followed-call.ts';
import { useWaitingFiles } from '../../state/waiting-files.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { FileChoice } from '../FileChoice.tsx';
import { JobProgressView } from '../JobProgressView.tsx';
import { TableScroll } from '../TableScroll.tsx';

/** Looks through returns and shows what they would change, before anything is written. */
export function MergePanel({
  studyId,
  onMerged,
}: {
  readonly studyId: string;
  readonly onMerged: () => void;
}) {
  const [files, setFiles] = useState<readonly PickedFile[]>([]);
  const [trusts, setTrusts] = useState<readonly string[]>([]);
  const [accepts, setAccepts] = useState<readonly string[]>([]);
  const [recovers, setRecovers] = useState(false);
  const [result, setResult] = useState<MergeResult | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const looking = useFollowedCall();

  const look = async (
    wanted: readonly PickedFile[],
    choice: {
      readonly trusts: readonly string[];
      readonly accepts: readonly string[];
      readonly recovers: boolean;
    },
    dryRun: boolean,
  ) => {
    const reply = await looking.call('packs.merge', {
      studyId,
      uploads: wanted.map(({ uploadId }) => uploadId),
      trusts: [...choice.trusts],
      accepts: [...choice.accepts],
      recovers: choice.recovers,
      dryRun,
    });
    setProblem(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setResult(reply.value);
    if (!dryRun) onMerged();
  };
  const choose = (chosen: readonly PickedFile[]) => {
    setFiles(chosen);
    setTrusts([]);
    setAccepts([]);
    setRecovers(false);
    void look(chosen, { trusts: [], accepts: [], recovers: false }, true);
  };
  const waiting = useWaitingFiles(({ returns }) => returns);
  const takeWaiting = useEffectEvent(choose);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (waiting.length === 0) return;
    useWaitingFiles.setState({ returns: [] });
    takeWaiting(waiting);
    panel.current?.scrollIntoView({ block: 'start' });
    panel.current?.focus({ preventScroll: true });
  }, [waiting]);
  const toggle = (list: readonly string[], value: string) =>
    list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
  const trust = (words: string) => {
    const next = toggle(trusts, words);
    setTrusts(next);
    void look(files, { trusts: next, accepts, recovers }, true);
  };
  const accept = (sha256: string) => {
    const next = toggle(accepts, sha256);
    setAccepts(next);
    void look(files, { trusts, accepts: next, recovers }, true);
  };
  const recover = () => {
    setRecovers(!recovers);
    void look(files, { trusts, accepts, recovers: !recovers }, true);
  };
  return (
    <section className="panel" ref={panel} tabIndex={-1} aria-label="Take returns in">
      <h2>Take returns in</h2>
      <FileChoice
        label="Returns (.touchreturn), several together"
        accept=".touchreturn"
        isMultiple
        onFiles={choose}
        onProblem={setProblem}
      />
      {looking.job !== null && <JobProgressView job={looking.job} />}
      {problem !== null && <ErrorNote error={problem} />}
      {result?.files.map((file) => (
        <FileDiff
          key={file.file}
          file={file}
          isTrusted={file.words !== null && trusts.includes(file.words)}
          accepts={accepts}
          isDryRun={result.isDryRun}
          recovers={recovers}
          onTrust={trust}
          onAccept={accept}
          onRecover={recover}
        />
      ))}
      {result !== null && (
        <p role="status" className="merge-outcome">
          {mergeOutcome(result)}
        </p>
      )}
      {result?.isDryRun === true && (
        <div className="button-row">
          <button
            type="button"
            className="primary"
            disabled={looking.isRunning || result.changedNothing}
            onClick={() => void look(files, { trusts, accepts, recovers }, false)}
          >
            Take {result.taken.toLocaleString('en')} votes and retractions in
          </button>
        </div>
      )}
    </section>
  );
}

function FileDiff({
  file,
  isTrusted,
  accepts,
  isDryRun,
  recovers,
  onTrust,
  onAccept,
  onRecover,
}: {
  readonly file: MergedFile;
  readonly isTrusted: boolean;
  readonly accepts: readonly string[];
  readonly isDryRun: boolean;
  readonly recovers: boolean;
  readonly onTrust: (words: string) => void;
  readonly onAccept: (sha256: string) => void;
  readonly onRecover: () => void;
}) {
  const clock = clockSentence(file);
  const isCutOff = file.state === 'cut_off' || file.rows.some(({ reason }) => reason.includes('cut off'));
  return (
    <section className="file-diff" data-state={file.state}>
      <h3>
        <code>{file.file}</code> <span className="quiet">{mergedFileFacts(file).join(' · ')}</span>
      </h3>
      {file.words !== null && (
        <p>
          Signed by <strong className="key-words">{file.words}</strong>
          {file.isKeyKnown && !isTrusted ? (
            ', whose words were compared before.'
          ) : (
            <label className="check-line">
              <input
                type="checkbox"
                checked={isTrusted}
                disabled={!isDryRun || file.pack === null}
                onChange={() => onTrust(file.words ?? '')}
              />{' '}
              The vendor told me these words, by another way than this file.
            </label>
          )}
        </p>
      )}
      <ul className="counts">
        {mergedFileCounts(file).map(({ kind, name, count }) => (
          <li key={kind} data-class={kind}>
            <strong>{count}</strong> {name}
          </li>
        ))}
      </ul>
      {clock !== null && <p>{clock}</p>}
      {isCutOff && (
        <label className="check-line">
          <input type="checkbox" checked={recovers} disabled={!isDryRun} onChange={onRecover} /> Recover what
          is intact
        </label>
      )}
      {file.rows.length > 0 && (
        <details open={file.rows.length <= 20}>
          <summary>{file.rows.length.toLocaleString('en')} that are not simply taken</summary>
          <TableScroll label={`Rows of ${file.file} that are not simply taken`}>
            <table className="data">
              <thead>
                <tr>
                  {MERGE_ROW_HEADS.map((head, place) => (
                    <th key={head} scope="col" className={place < 2 ? 'number' : undefined}>
                      {head}
                    </th>
                  ))}
                  <th scope="col">Take it all the same</th>
                </tr>
              </thead>
              <tbody>
                {file.rows.map((row) => (
                  <tr key={`${row.line}|${row.n}|${row.reason}`}>
                    {mergeRowCells(row).map((cell, place) => (
                      <td
                        key={MERGE_ROW_HEADS[place]}
                        className={place < 2 ? 'number' : undefined}
                        dir={MERGE_ROW_HEADS[place] === 'Rater' ? 'auto' : undefined}
                      >
                        {cell}
                      </td>
                    ))}
                    <td>
                      {row.sha256 !== null && (
                        <input
                          type="checkbox"
                          aria-label={`Take row ${row.n ?? ''} all the same`}
                          checked={accepts.includes(row.sha256)}
                          disabled={!isDryRun}
                          onChange={() => onAccept(row.sha256 ?? '')}
                        />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
        </details>
      )}
    </section>
  );
}
