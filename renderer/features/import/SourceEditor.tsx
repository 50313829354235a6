import { useState } from 'react';
import type { SniffedFile } from '../../../shared/contract/import-methods.ts';
import { JUDGE_ORDERS } from '../../../shared/study/verdict.ts';
import {
  type FieldChoice,
  guessedVerdict,
  isOrderKnown,
  newVerdictColumn,
  type SourceDraft,
  type VerdictColumn,
} from './import-draft.ts';

const MEANINGS = {
  human: ['first', 'second', 'tie', 'both_bad', 'skipped'],
  judge: ['first', 'second', 'tie', 'both_bad', 'unparsed', 'error', 'inconsistent'],
} as const;

const ORDER_LABELS = {
  a_first: 'A was shown first',
  b_first: 'B was shown first',
  both: 'merged from both orders',
  unknown: 'order not known',
} as const;

const SCORE_MEANINGS: Readonly<Record<VerdictColumn['scoreMeaning'], string>> = {
  '': 'not known: it is kept, and used by no figure',
  verdict_probability: 'how probable its verdict is, 0 to 1',
  first_probability: 'how probable it is that A is better, 0 to 1',
  sureness: 'how sure it is, on any scale',
};

interface Props {
  readonly file: SniffedFile;
  readonly draft: SourceDraft;
  readonly onChange: (draft: SourceDraft) => void;
}

/** Chooses, for one file, which columns become which fields. */
export function SourceEditor({ file, draft, onChange }: Props) {
  const change = (part: Partial<SourceDraft>) => onChange({ ...draft, ...part });
  const field = (
    label: string,
    key: 'id' | 'prompt' | 'systemA' | 'textA' | 'systemB' | 'textB',
    canBeFixed = false,
    without?: string,
  ) => (
    <FieldSelect
      label={label}
      file={file}
      choice={draft[key]}
      canBeFixed={canBeFixed}
      without={without}
      onChange={(choice) => change({ [key]: choice })}
    />
  );
  return (
    <section className="panel">
      <h2>
        <code>{file.name}</code>
      </h2>
      <div className="mapping-grid">
        <label>
          Each record is
          <select
            value={draft.kind}
            onChange={(event) => change({ kind: event.target.value as SourceDraft['kind'] })}
          >
            <option value="comparisons">a comparison of two outputs</option>
            <option value="verdicts">verdicts on a comparison of another file</option>
          </select>
        </label>
        {field('Id', 'id', false, draft.kind === 'comparisons' ? 'none: made of the texts' : undefined)}
        {draft.kind === 'comparisons' && (
          <>
            {field('Prompt', 'prompt')}
            {field('System A', 'systemA', true)}
            {field('Text of A', 'textA')}
            {field('System B', 'systemB', true)}
            {field('Text of B', 'textB')}
            {[...draft.slices, ''].map((slice, index) => (
              <ColumnSelect
                // biome-ignore lint/suspicious/noArrayIndexKey: slices are only appended and removed as shown
                key={index}
                label={index === 0 ? 'Slice' : 'Another slice'}
                file={file}
                value={slice}
                none="none"
                onChange={(chosen) =>
                  change({ slices: draft.slices.toSpliced(index, 1, ...(chosen === '' ? [] : [chosen])) })
                }
              />
            ))}
          </>
        )}
      </div>
      {draft.verdicts.map((verdict, index) => (
        <VerdictEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are only appended and removed as shown
          key={index}
          file={file}
          verdict={verdict}
          onChange={(changed) =>
            change({ verdicts: draft.verdicts.map((each, at) => (at === index ? changed : each)) })
          }
          onRemove={() => change({ verdicts: draft.verdicts.filter((_each, at) => at !== index) })}
        />
      ))}
      <div className="button-row">
        {(['human', 'judge'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            onClick={() => change({ verdicts: [...draft.verdicts, newVerdictColumn(kind)] })}
          >
            Add a {kind === 'human' ? 'rater’s' : 'judge’s'} column
          </button>
        ))}
      </div>
    </section>
  );
}

function FieldSelect({
  label,
  file,
  choice,
  canBeFixed,
  without,
  onChange,
}: {
  readonly label: string;
  readonly file: SniffedFile;
  readonly choice: FieldChoice;
  readonly canBeFixed: boolean;
  /** What it is called to have no column. */
  readonly without: string | undefined;
  readonly onChange: (choice: FieldChoice) => void;
}) {
  const example = file.fields.find(({ path }) => path === choice.from)?.example;
  return (
    <div className="field">
      <label>
        {label}
        <select value={choice.from} onChange={(event) => onChange({ ...choice, from: event.target.value })}>
          <option value="">{without ?? (canBeFixed ? 'always the same:' : 'choose a column')}</option>
          {file.fields.map(({ path }) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </select>
      </label>
      {canBeFixed && choice.from === '' && (
        <input
          aria-label={`${label}, fixed`}
          value={choice.fixed}
          onChange={(event) => onChange({ ...choice, fixed: event.target.value })}
        />
      )}
      {example !== undefined && example !== '' && <span className="example">{example}</span>}
    </div>
  );
}

function VerdictEditor({
  file,
  verdict,
  onChange,
  onRemove,
}: {
  readonly file: SniffedFile;
  readonly verdict: VerdictColumn;
  readonly onChange: (verdict: VerdictColumn) => void;
  readonly onRemove: () => void;
}) {
  const who = verdict.kind === 'human' ? 'Rater' : 'Judge';
  const chooseColumn = (column: string) => {
    const found = file.fields.find(({ path }) => path === column)?.values ?? [];
    onChange({
      ...verdict,
      column,
      name: verdict.name === '' ? column : verdict.name,
      values: Object.fromEntries(found.map((value) => [value, guessedVerdict(value)])),
    });
  };
  return (
    <fieldset className="verdict-column">
      <legend>{who}</legend>
      <div className="mapping-grid">
        <ColumnSelect
          label="Column"
          file={file}
          value={verdict.column}
          none="choose a column"
          onChange={chooseColumn}
        />
        <ColumnSelect
          label={`${who}’s name from`}
          file={file}
          value={verdict.nameColumn}
          none="always the same"
          onChange={(nameColumn) => onChange({ ...verdict, nameColumn })}
        />
        {verdict.nameColumn === '' && (
          <label>
            {who}’s name
            <input
              value={verdict.name}
              onChange={(event) => onChange({ ...verdict, name: event.target.value })}
            />
          </label>
        )}
        {verdict.kind === 'judge' && (
          <label>
            Order
            <select
              value={verdict.order}
              onChange={(event) =>
                onChange({ ...verdict, order: event.target.value as VerdictColumn['order'] })
              }
            >
              {JUDGE_ORDERS.map((order) => (
                <option key={order} value={order}>
                  {ORDER_LABELS[order]}
                </option>
              ))}
            </select>
          </label>
        )}
        {verdict.kind === 'judge' && isOrderKnown(verdict) && (
          <label className="check">
            <input
              type="checkbox"
              checked={verdict.isAsShown}
              onChange={(event) => onChange({ ...verdict, isAsShown: event.target.checked })}
            />
            “first” is what was shown first
          </label>
        )}
        {verdict.kind === 'judge' && (
          <ColumnSelect
            label="Score"
            file={file}
            value={verdict.scoreColumn}
            none="none"
            onChange={(scoreColumn) => onChange({ ...verdict, scoreColumn })}
          />
        )}
        {verdict.kind === 'judge' && verdict.scoreColumn !== '' && (
          <label>
            The score is
            <select
              value={verdict.scoreMeaning}
              onChange={(event) =>
                onChange({ ...verdict, scoreMeaning: event.target.value as VerdictColumn['scoreMeaning'] })
              }
            >
              {Object.entries(SCORE_MEANINGS).map(([meaning, label]) => (
                <option key={meaning} value={meaning}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
        {Object.entries(verdict.values).map(([value, meaning]) => (
          <label key={value}>
            <span>
              <code>{value}</code> means
            </span>
            <select
              value={meaning}
              onChange={(event) =>
                onChange({ ...verdict, values: { ...verdict.values, [value]: event.target.value } })
              }
            >
              <option value="">choose</option>
              {MEANINGS[verdict.kind].map((option) => (
                <option key={option} value={option}>
                  {option === 'first'
                    ? 'A is better'
                    : option === 'second'
                      ? 'B is better'
                      : option.replace('_', ' ')}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <AddValue
        onAdd={(value) =>
          onChange({ ...verdict, values: { ...verdict.values, [value]: guessedVerdict(value) } })
        }
      />
      <button type="button" className="quiet-button" onClick={onRemove}>
        Remove this column
      </button>
    </fieldset>
  );
}

function ColumnSelect({
  label,
  file,
  value,
  none,
  onChange,
}: {
  readonly label: string;
  readonly file: SniffedFile;
  readonly value: string;
  /** What it is called to choose no column. */
  readonly none: string;
  readonly onChange: (column: string) => void;
}) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {file.fields.map(({ path }) => (
          <option key={path} value={path}>
            {path}
          </option>
        ))}
      </select>
    </label>
  );
}

/** For values that stand further down in the file than the preview reads. */
function AddValue({ onAdd }: { readonly onAdd: (value: string) => void }) {
  const [value, setValue] = useState('');
  return (
    <div className="inline-form">
      <label>
        Another value in this column
        <input value={value} onChange={(event) => setValue(event.target.value)} />
      </label>
      <button
        type="button"
        disabled={value === ''}
        onClick={() => {
          onAdd(value);
          setValue('');
        }}
      >
        Add
      </button>
    </div>
  );
}
