import type { SniffedFile } from '../../../shared/contract/import-methods.ts';
import { SEPARATORS, type Separator } from '../../../shared/formats/own/separators.ts';
import { canBeReadOtherwise, type TextLayout } from './import-draft.ts';

/** Encodings of the WHATWG standard that tables come in, and whose texts each is for. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'all',
  'utf-16le': 'all',
  'utf-16be': 'all',
  'windows-1252': 'Western European',
  'windows-1250': 'Central European',
  'iso-8859-2': 'Central European',
  'windows-1251': 'Cyrillic',
  'koi8-r': 'Cyrillic',
  'windows-1253': 'Greek',
  'windows-1254': 'Turkish',
  'windows-1255': 'Hebrew',
  'windows-1256': 'Arabic',
  'windows-1257': 'Baltic',
  'windows-1258': 'Vietnamese',
  'windows-874': 'Thai',
  macintosh: 'Western European, old Macs',
  shift_jis: 'Japanese',
  'euc-jp': 'Japanese',
  gb18030: 'Chinese, simplified',
  big5: 'Chinese, traditional',
  'euc-kr': 'Korean',
};

function wordsOf(encoding: string): string {
  const texts = Object.hasOwn(ENCODINGS, encoding) ? ENCODINGS[encoding] : undefined;
  return texts === undefined || texts === 'all' ? encoding : `${encoding} (${texts})`;
}

const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/** The files of an import: what each was taken for, what is wrong with it, and how its text is read. */
export function ChosenFiles({
  files,
  layouts,
  onLayout,
  onRemove,
}: {
  readonly files: readonly SniffedFile[];
  /** What somebody said of how each is read. */
  readonly layouts: readonly TextLayout[];
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
          {(canBeReadOtherwise(file) || Object.keys(layouts[index] ?? {}).length > 0) && (
            <LayoutFields
              file={file}
              said={layouts[index] ?? {}}
              onChange={(layout) => onLayout(index, layout)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function formatText({ format, isNative, recognised }: SniffedFile): string {
  if (format === 'calibration_set') return 'of a calibration set';
  return isNative ? 'native format' : (recognised?.title ?? 'columns to be chosen');
}

function LayoutFields({
  file,
  said,
  onChange,
}: {
  readonly file: SniffedFile;
  readonly said: TextLayout;
  readonly onChange: (layout: TextLayout) => void;
}) {
  const encoding = said.encoding ?? file.encoding ?? '';
  const separator = said.separator ?? file.separator ?? '';
  const encodings = new Set([...Object.keys(ENCODINGS), ...(encoding === '' ? [] : [encoding])]);
  return (
    <fieldset className="inline-form" aria-label={`How ${file.name} is read`}>
      <label>
        Encoding{file.isEncodingGuessed && ' (a guess: look at the letters)'}
        <select
          value={encoding}
          onChange={({ target: { value } }) => {
            const { encoding: _before, ...others } = said;
            onChange(value === '' ? others : { ...others, encoding: value });
          }}
        >
          {(encoding === '' || said.encoding !== undefined) && <option value="">as it is found</option>}
          {[...encodings].map((each) => (
            <option key={each} value={each}>
              {wordsOf(each)}
            </option>
          ))}
        </select>
      </label>
      {(separator !== '' || file.problem !== null) && (
        <label>
          Cells are separated by
          <select
            value={separator}
            onChange={({ target: { value } }) => {
              const { separator: _before, ...others } = said;
              const chosen = SEPARATORS.find((each) => each === value);
              onChange(chosen === undefined ? others : { ...others, separator: chosen });
            }}
          >
            {(separator === '' || said.separator !== undefined) && <option value="">as it is found</option>}
            {SEPARATORS.map((each) => (
              <option key={each} value={each}>
                {SEPARATOR_NAMES[each]}
              </option>
            ))}
          </select>
        </label>
      )}
    </fieldset>
  );
}
