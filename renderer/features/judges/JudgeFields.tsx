import type { JudgeDraft } from '../../state/judge-draft.ts';
import { DraftField, type DraftFields, DraftText } from './DraftFields.tsx';
import { FIELD_NAMES } from './definition-words.ts';

const ORDERS = {
  both: 'both orders',
  a_first: 'first output first',
  b_first: 'second output first',
} as const;

/** What every judge is asked for. */
export function JudgeFields(fields: DraftFields) {
  const { draft, onDraft } = fields;
  return (
    <>
      <div className="field-row">
        <DraftField {...fields} name="name" label={FIELD_NAMES.name} required maxLength={80} />
        <DraftField {...fields} name="model" label={FIELD_NAMES.model} required maxLength={200} />
      </div>
      <DraftField
        {...fields}
        name="endpoint"
        label={`${FIELD_NAMES.endpoint} (OpenAI-compatible, base address)`}
        required
        type="url"
      />
      <DraftText {...fields} name="systemPrompt" label={FIELD_NAMES.systemPrompt} rows={3} />
      <DraftText {...fields} name="prompt" label={FIELD_NAMES.prompt} rows={12} />
      <div className="field-row">
        <label>
          {FIELD_NAMES.orders}
          <select
            value={draft.orders}
            onChange={(event) => onDraft({ orders: event.target.value as JudgeDraft['orders'] })}
          >
            {Object.entries(ORDERS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <DraftField
          {...fields}
          name="samplesPerOrder"
          label={FIELD_NAMES.samplesPerOrder}
          type="number"
          min={1}
          max={50}
        />
        <DraftField
          {...fields}
          name="temperature"
          label={FIELD_NAMES['parameters.temperature']}
          type="number"
          min={0}
          max={2}
          step={0.1}
        />
        <DraftField
          {...fields}
          name="maxTokens"
          label={FIELD_NAMES['parameters.maxTokens']}
          type="number"
          min={1}
        />
      </div>
      {draft.orders !== 'both' && (
        <p className="field-problem" role="status">
          With one order alone nobody can tell a preference from a habit of choosing a place.
        </p>
      )}
    </>
  );
}
