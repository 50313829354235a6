import { SourceEditor } from './SourceEditor.tsx';
import type { ImportWork } from './use-import-work.ts';

/** Which columns become which fields: by a saved mapping, or file by file. */
export function MappingPanel({ work }: { readonly work: ImportWork }) {
  const { chosen, saved, savedMapping, sources, files } = work;
  return (
    <>
      <section className="panel">
        <h2>Mapping</h2>
        <div className="inline-form">
          <label>
            Saved mapping
            <select value={chosen.savedMapping} onChange={(event) => work.chooseMapping(event.target.value)}>
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
                <input
                  value={chosen.saveAs}
                  maxLength={120}
                  onChange={(event) => work.nameMapping(event.target.value)}
                />
              </label>
              <button
                type="button"
                disabled={chosen.saveAs.trim() === '' || work.mappingProblem !== null}
                onClick={() => void work.saveMapping()}
              >
                Save mapping
              </button>
            </>
          )}
        </div>
      </section>
      {savedMapping === undefined &&
        sources.map((draft) => {
          const file = files?.find(({ name }) => name === draft.file);
          return file === undefined ? null : (
            <SourceEditor key={draft.file} file={file} draft={draft} onChange={work.changeSource} />
          );
        })}
    </>
  );
}
