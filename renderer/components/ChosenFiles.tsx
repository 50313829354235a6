import type { SniffedFile } from '../../shared/contract/import-methods.ts';

/** How a file of text is read, where that is not as it was found. */
export interface TextLayout {
  readonly encoding?: string;
  readonly separator?: ',' | ';' | '\t' | '|';
}

const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'macintosh',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
];

const SEPARATORS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const;

/** The files of an import: what each was taken for, what is wrong with it, and how its text is read. */
export function ChosenFiles({
  files,
  onLayout,
  onRemove,
}: {
  readonly files: readonly SniffedFile[];
  readonly onLayout: (index: number, layout: TextLayout) => void;
  readonly onRemove: (index: number) => void;
}) {
  return (
    <ul className="plain-list">
      {files.map((file, index) => (
        <li key={file.name}>
          <code>{file.name}</code>{' '}
          {file.problem === null ? (
            <span className="quiet">
              {file.format === null
                ? file.readAs
                : `${file.bytes.toLocaleString('en')} bytes, ${file.readAs}, ${formatText(file)}`}
            </span>
          ) : (
            <span className="field-problem" role="alert">
              {file.problem}
            </span>
          )}{' '}
          {(files.length > 1 || file.problem !== null) && (
            <button
              type="button"
              className="quiet-button"
              aria-label={`Leave out ${file.name}`}
              onClick={() => onRemove(index)}
            >
              Leave out
            </button>
          )}
          {file.recognised !== null && (
            <p className="quiet">
              Recognised: {file.recognised.why}. Verdicts: {file.recognised.order}.
            </p>
          )}
          {isText(file) && <LayoutFields file={file} onChange={(layout) => onLayout(index, layout)} />}
        </li>
      ))}
    </ul>
  );
}

function formatText({ format, isNative, recognised }: SniffedFile): string {
  if (format === 'calibration_set') return 'of a calibration set';
  return isNative ? 'native format' : (recognised?.title ?? 'columns to be chosen');
}

/** Whether somebody might want to have it read otherwise: tables, and texts that are not plainly UTF-8. */
function isText({ format, encoding, problem, separator }: SniffedFile): boolean {
  if (problem !== null) return /UTF-8|utf-16|encoding|cells|CSV/u.test(problem);
  return format === 'csv' || separator !== null || (encoding !== null && encoding !== 'utf-8');
}

function LayoutFields({
  file,
  onChange,
}: {
  readonly file: SniffedFile;
  readonly onChange: (layout: TextLayout) => void;
}) {
  const known = file.encoding === null || ENCODINGS.includes(file.encoding) ? [] : [file.encoding];
  return (
    <fieldset className="inline-form" aria-label={`How ${file.name} is read`}>
      <label>
        Encoding{file.isEncodingGuessed && ' (a guess: look at the letters)'}
        <select value={file.encoding ?? ''} onChange={(event) => onChange({ encoding: event.target.value })}>
          {file.encoding === null && <option value="">not known</option>}
          {[...known, ...ENCODINGS].map((encoding) => (
            <option key={encoding} value={encoding}>
              {encoding}
            </option>
          ))}
        </select>
      </label>
      {(file.separator !== null || file.problem !== null) && (
        <label>
          Cells are separated by
          <select
            value={file.separator ?? ''}
            onChange={(event) =>
              onChange({ separator: event.target.value as NonNullable<TextLayout['separator']> })
            }
          >
            {file.separator === null && <option value="">as found</option>}
            {Object.entries(SEPARATORS).map(([separator, words]) => (
              <option key={separator} value={separator}>
                {words}
              </option>
            ))}
          </select>
        </label>
      )}
    </fieldset>
  );
}
