import { useState } from 'react';
import type { SniffedFile } from '../../shared/contract/import-methods.ts';
import { JUDGE_ORDERS } from '../../shared/domain/verdict.ts';
import {
  type FieldChoice,
  guessedVerdict,
  type SourceDraft,
  type VerdictColumn,
} from '../state/import-draft.ts';

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
  ) => (
    <FieldSelect
      label={label}
      file={file}
      choice={draft[key]}
      canBeFixed={canBeFixed}
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
        {field('Id', 'id')}
        {draft.kind === 'comparisons' && (
          <>
            {field('Prompt', 'prompt')}
            {field('System A', 'systemA', true)}
            {field('Text of A', 'textA')}
            {field('System B', 'systemB', true)}
            {field('Text of B', 'textB')}
            <label>
              Slice
              <select
                value={draft.slices[0] ?? ''}
                onChange={(event) =>
                  change({ slices: event.target.value === '' ? [] : [event.target.value] })
                }
              >
                <option value="">none</option>
                {file.fields.map(({ path }) => (
                  <option key={path} value={path}>
                    {path}
                  </option>
                ))}
              </select>
            </label>
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
            onClick={() =>
              change({
                verdicts: [...draft.verdicts, { kind, name: '', column: '', order: 'unknown', values: {} }],
              })
            }
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
  onChange,
}: {
  readonly label: string;
  readonly file: SniffedFile;
  readonly choice: FieldChoice;
  readonly canBeFixed: boolean;
  readonly onChange: (choice: FieldChoice) => void;
}) {
  const example = file.fields.find(({ path }) => path === choice.from)?.example;
  return (
    <div className="field">
      <label>
        {label}
        <select value={choice.from} onChange={(event) => onChange({ ...choice, from: event.target.value })}>
          <option value="">{canBeFixed ? 'always the same:' : 'choose a column'}</option>
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
        <label>
          Column
          <select value={verdict.column} onChange={(event) => chooseColumn(event.target.value)}>
            <option value="">choose a column</option>
            {file.fields.map(({ path }) => (
              <option key={path} value={path}>
                {path}
              </option>
            ))}
          </select>
        </label>
        <label>
          {who}’s name
          <input
            value={verdict.name}
            onChange={(event) => onChange({ ...verdict, name: event.target.value })}
          />
        </label>
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
