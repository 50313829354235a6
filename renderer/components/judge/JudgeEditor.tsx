import { type FormEvent, useDeferredValue, useMemo, useState } from 'react';
import type { JudgeDefinition } from '../../../shared/judge/judge-definition.ts';
import { client } from '../../api/host.ts';
import {
  definitionOfDraft,
  draftOfDefinition,
  draftOfTemplate,
  type JudgeDraft,
} from '../../state/judge-draft.ts';
import { useQuery } from '../../state/query.ts';
import { useTyped } from '../../state/typed.ts';
import { FieldProblem } from '../FieldProblem.tsx';
import { TypedBefore } from '../TypedBefore.tsx';
import { JudgePreview } from './JudgePreview.tsx';

const ORDERS = {
  both: 'both orders',
  a_first: 'first output first',
  b_first: 'second output first',
} as const;
const TOKEN_LIMITS = {
  '': 'found by itself',
  max_tokens: 'max_tokens',
  max_completion_tokens: 'max_completion_tokens',
  none: 'not sent',
} as const;
/** What no prompt holds, so that a preview is there before it is typed. */
const UNSENT = { name: 'preview', model: 'preview', endpoint: 'http://127.0.0.1/v1' } as const;
const EFFORTS = ['', 'none', 'minimal', 'low', 'medium', 'high', 'xhigh'];

/** Writes a judge, from a template or from an earlier version, beside the prompt it makes. */
export function JudgeEditor({
  studyId,
  judge,
  before,
  onKept,
  onCancel,
}: {
  readonly studyId: string;
  /** The name of the version that is changed; null for a new judge. */
  readonly judge: string | null;
  /** The version that is changed; null for a new judge. */
  readonly before: JudgeDefinition | null;
  readonly onKept: (judge: string, isNew: boolean) => void;
  readonly onCancel: () => void;
}) {
  const { value: templates } = useQuery('judges.templates', {});
  const asKept = before === null ? null : draftOfDefinition(before);
  const typed = useTyped<JudgeDraft | null>(`judge ${studyId} ${judge ?? ''}`, asKept);
  const { value: draft, type: setDraft } = typed;
  const [templateId, setTemplateId] = useState('');
  const [problem, setProblem] = useState('');
  const shown = useDeferredValue(draft);
  const preview = useMemo(() => (shown === null ? null : definitionOfDraft(shown)), [shown]);
  const template = templates?.find(({ id }) => id === templateId);

  const choose = (id: string) => {
    setTemplateId(id);
    const chosen = templates?.find((each) => each.id === id);
    if (chosen !== undefined) setDraft(draftOfTemplate(chosen, draft));
  };
  const change = (changes: Partial<JudgeDraft>) => {
    if (draft !== null) setDraft({ ...draft, ...changes });
  };
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    if (draft === null) return;
    const made = definitionOfDraft(draft);
    if ('problem' in made) return setProblem(made.problem);
    const reply = await client.call('judges.keep', { studyId, definition: made.definition });
    if (reply.ok) {
      typed.settle(asKept);
      onKept(reply.value.judge, reply.value.isNew);
    } else setProblem(reply.error.message);
  };
  const field = (name: keyof JudgeDraft & string, label: string, extra: Record<string, unknown> = {}) => (
    <label>
      {label}
      <input
        value={String(draft?.[name] ?? '')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change({ [name]: event.target.value })}
        {...extra}
      />
    </label>
  );
  const text = (
    name: 'systemPrompt' | 'prompt' | 'reply' | 'tunedPairs' | 'headers' | 'query',
    label: string,
    rows: number,
  ) => (
    <label>
      {label}
      <textarea
        rows={rows}
        value={draft?.[name] ?? ''}
        spellCheck={name === 'systemPrompt' || name === 'prompt'}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </label>
  );

  return (
    <div className="judge-editor">
      <form className="panel stacked-form" onSubmit={(event) => void keep(event)}>
        <h2>{before === null ? 'New judge' : `Next version of ${before.name}`}</h2>
        {before !== null && (
          <p className="quiet">
            A change makes a new version. What was judged before stays with its own version.
          </p>
        )}
        {typed.isFromBefore && <TypedBefore onThrowAway={() => typed.settle(asKept)} />}
        <label>
          Template
          <select value={templateId} onChange={(event) => choose(event.target.value)}>
            <option value="">{before === null ? 'Choose one to start from' : 'as it is'}</option>
            {templates?.map(({ id }) => (
              <option key={id} value={id}>
                {id.replaceAll('-', ' ')}
              </option>
            ))}
          </select>
        </label>
        {template !== undefined && <p className="quiet">{template.about}</p>}
        {draft !== null && (
          <>
            <div className="field-row">
              {field('name', 'Name', { required: true, maxLength: 80 })}
              {field('model', 'Model', { required: true, maxLength: 200 })}
            </div>
            {field('endpoint', 'Endpoint (OpenAI-compatible, base address)', { required: true, type: 'url' })}
            {text('systemPrompt', 'System prompt', 3)}
            {text('prompt', 'Prompt', 12)}
            <div className="field-row">
              <label>
                Orders
                <select
                  value={draft.orders}
                  onChange={(event) => change({ orders: event.target.value as JudgeDraft['orders'] })}
                >
                  {Object.entries(ORDERS).map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              </label>
              {field('samplesPerOrder', 'Samples per order', { type: 'number', min: 1, max: 50 })}
              {field('temperature', 'Temperature', { type: 'number', min: 0, max: 2, step: 0.1 })}
              {field('maxTokens', 'Tokens at most', { type: 'number', min: 1 })}
            </div>
            {draft.orders !== 'both' && (
              <p className="field-problem" role="status">
                With one order alone nobody can tell a preference from a habit of choosing a place.
              </p>
            )}
            <details>
              <summary>Output contract, seed, log-probabilities, connection, tuning</summary>
              <div className="stacked-form">
                {text('reply', 'Output contract (JSON)', 7)}
                <div className="field-row">
                  {field('seed', 'Seed', { type: 'number' })}
                  {field('topLogProbabilities', 'Log-probabilities of', { type: 'number', min: 1, max: 20 })}
                  <label>
                    Reasoning effort
                    <select
                      value={draft.reasoningEffort}
                      onChange={(event) => change({ reasoningEffort: event.target.value })}
                    >
                      {EFFORTS.map((effort) => (
                        <option key={effort} value={effort}>
                          {effort === '' ? 'not sent' : effort}
                        </option>
                      ))}
                    </select>
                  </label>
                </div>
                <div className="field-row">
                  <label>
                    The limit is sent as
                    <select
                      value={draft.tokenLimit}
                      onChange={(event) => change({ tokenLimit: event.target.value })}
                    >
                      {Object.entries(TOKEN_LIMITS).map(([value, label]) => (
                        <option key={value} value={value}>
                          {label}
                        </option>
                      ))}
                    </select>
                  </label>
                  {field('keyHeader', 'Header of the key', { maxLength: 100, placeholder: 'Authorization' })}
                </div>
                {text('headers', 'Other headers, a line each, such as “X-Team: judging”; no keys', 2)}
                {text('query', 'Query, a line each, such as “api-version=2024-10-21”; no keys', 2)}
                <label className="check">
                  <input
                    type="checkbox"
                    checked={draft.tunedSplits.includes('dev')}
                    onChange={(event) => change({ tunedSplits: event.target.checked ? ['dev'] : [] })}
                  />
                  This prompt was written while looking at the dev split
                </label>
                {text('tunedPairs', 'Pairs it was written against or shows as examples, one id a line', 2)}
              </div>
            </details>
            <FieldProblem text={problem} />
          </>
        )}
        <div className="button-row">
          <button type="submit" className="primary" disabled={draft === null}>
            Keep
          </button>
          <button
            type="button"
            onClick={() => {
              typed.settle(asKept);
              onCancel();
            }}
          >
            Cancel
          </button>
        </div>
      </form>
      {preview !== null && 'definition' in preview && (
        <JudgePreview studyId={studyId} definition={{ ...preview.definition, ...UNSENT }} />
      )}
    </div>
  );
}
