import { NumberField } from './NumberField.tsx';
import type { PartFields } from './part-fields.ts';

/** What raters read and consent to, and what comes afterwards. */
export function TextFields({ draft: { design }, onDesign }: PartFields) {
  return (
    <>
      <label className="wide">
        Guideline (Markdown)
        <textarea
          rows={10}
          value={design.guideline}
          onChange={(event) => onDesign({ guideline: event.target.value })}
        />
      </label>
      <label className="wide">
        What raters agree to before their first vote (Markdown; empty: nothing is asked)
        <textarea
          rows={4}
          value={design.consent}
          onChange={(event) => onDesign({ consent: event.target.value })}
        />
      </label>
      <NumberField
        label="Last questions about who wrote what (0: none)"
        value={design.systemGuesses}
        min={0}
        max={100}
        onChange={(systemGuesses) => onDesign({ systemGuesses: systemGuesses ?? 0 })}
      />
      <label>
        Keep the study until (empty: not settled)
        <input
          type="date"
          value={design.retainUntil ?? ''}
          onChange={(event) => onDesign({ retainUntil: event.target.value || null })}
        />
      </label>
    </>
  );
}
