import { DraftField, type DraftFields, DraftText } from './DraftFields.tsx';
import { FIELD_NAMES } from './definition-words.ts';

const TOKEN_LIMITS = {
  '': 'found by itself',
  max_tokens: 'max_tokens',
  max_completion_tokens: 'max_completion_tokens',
  none: 'not sent',
} as const;
const EFFORTS = ['', 'none', 'minimal', 'low', 'medium', 'high', 'xhigh'];

/** What few judges need, behind a title. */
export function JudgeDetailFields(fields: DraftFields) {
  const { draft, onDraft } = fields;
  return (
    <details
      // A field that keeps the judge from being kept must be there to be seen.
      onInvalidCapture={(event) => {
        event.currentTarget.open = true;
      }}
    >
      <summary>Output contract, seed, log-probabilities, connection, tuning</summary>
      <div className="stacked-form">
        <DraftText {...fields} name="reply" label={`${FIELD_NAMES.reply} (JSON)`} rows={7} />
        <div className="field-row">
          <DraftField {...fields} name="seed" label={FIELD_NAMES['parameters.seed']} type="number" />
          <DraftField
            {...fields}
            name="topLogProbabilities"
            label={FIELD_NAMES['parameters.topLogProbabilities']}
            type="number"
            min={1}
            max={20}
          />
          <label>
            {FIELD_NAMES['parameters.reasoningEffort']}
            <select
              value={draft.reasoningEffort}
              onChange={(event) => onDraft({ reasoningEffort: event.target.value })}
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
            {FIELD_NAMES['parameters.tokenLimit']}
            <select
              value={draft.tokenLimit}
              onChange={(event) => onDraft({ tokenLimit: event.target.value })}
            >
              {Object.entries(TOKEN_LIMITS).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <DraftField
            {...fields}
            name="keyHeader"
            label={FIELD_NAMES.keyHeader}
            maxLength={100}
            placeholder="Authorization"
          />
        </div>
        <DraftText
          {...fields}
          name="headers"
          label={`${FIELD_NAMES.headers}, a line each, such as “X-Team: judging”; no keys`}
          rows={2}
        />
        <DraftText
          {...fields}
          name="query"
          label={`${FIELD_NAMES.query}, a line each, such as “api-version=2024-10-21”; no keys`}
          rows={2}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={draft.tunedSplits.includes('dev')}
            onChange={(event) => onDraft({ tunedSplits: event.target.checked ? ['dev'] : [] })}
          />
          This prompt was written while looking at the dev split
        </label>
        <DraftText
          {...fields}
          name="tunedPairs"
          label={`${FIELD_NAMES['tunedOn.pairs']} or shows as examples, one id a line`}
          rows={2}
        />
      </div>
    </details>
  );
}
