import { useState } from 'react';
import { FileInput } from '../../components/FileInput.tsx';
import { useQuery } from '../../state/query.ts';
import { filesOfFolder } from '../dropping/folder-files.ts';
import { ChosenFiles } from './ChosenFiles.tsx';
import type { ImportWork } from './use-import-work.ts';

/** Where files or a folder are chosen, and what each of them is. */
export function FilesPanel({ work }: { readonly work: ImportWork }) {
  const { value: host } = useQuery('host.info', {});
  const [isEmptyFolder, setIsEmptyFolder] = useState(false);
  const { chosen, files, gone } = work;
  const takeFolder = (given: readonly File[]) => {
    const found = filesOfFolder(given);
    setIsEmptyFolder(found.length === 0);
    if (found.length > 0) void work.upload(found);
  };
  return (
    <section className="panel">
      <h2>Files</h2>
      <p className="quiet">
        JSON Lines, JSON, CSV or Parquet: in the native format, as FastChat, Chatbot Arena, AlpacaEval,
        Arena-Hard, Inspect, lm-evaluation-harness, promptfoo, OpenAI evals, LangSmith, Langfuse, Label
        Studio, Argilla or Prodigy write them, as preference sets, or in any other. Choose two runs of one
        harness together to compare them, and files of verdicts together with their comparisons, or drop them
        on this window. They may be packed (.gz, .zst). A calibration set is chosen as its folder, or as a ZIP
        archive of it.
      </p>
      <div className="file-buttons">
        {host?.capabilities.pickFiles === true ? (
          <button type="button" className="primary" onClick={() => void work.pick()}>
            Choose files …
          </button>
        ) : (
          <FileInput isMultiple onChoose={(given) => void work.upload(given)}>
            Choose files or a ZIP archive …
          </FileInput>
        )}
        <FileInput isFolder onChoose={takeFolder}>
          Choose a folder …
        </FileInput>
      </div>
      {isEmptyFolder && (
        <p className="field-problem" role="alert">
          The folder holds no file.
        </p>
      )}
      {work.isReading && <p role="status">Reading …</p>}
      {gone.length > 0 && (
        <p className="callout" role="status">
          What you chose for {gone.slice(0, 5).join(', ')}
          {gone.length > 5 && ` and ${gone.length - 5} more`} is kept. Touchstone was started anew since:
          choose {gone.length === 1 ? 'that file' : 'those files'} again to go on.
        </p>
      )}
      {files !== null && (
        <ChosenFiles
          files={files}
          layouts={chosen.files.map(({ uploadId }) => chosen.layouts[uploadId] ?? {})}
          onLayout={work.changeLayout}
          onRemove={work.leaveOut}
        />
      )}
    </section>
  );
}
