import type { JudgeDraft } from '../../state/judge-draft.ts';

/** What the fields of a judge show, and whom they tell of a change. */
export interface DraftFields {
  readonly draft: JudgeDraft;
  readonly onDraft: (changes: Partial<JudgeDraft>) => void;
}

type TextName = {
  [Name in keyof JudgeDraft]: string extends JudgeDraft[Name] ? Name : never;
}[keyof JudgeDraft];

/** One line of a judge. */
export function DraftField({
  draft,
  onDraft,
  name,
  label,
  ...extra
}: DraftFields & {
  readonly name: TextName;
  readonly label: string;
  readonly type?: 'number' | 'url';
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly placeholder?: string;
}) {
  return (
    <label>
      {label}
      <input
        value={draft[name]}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onDraft({ [name]: event.target.value })}
        {...extra}
      />
    </label>
  );
}

/** Several lines of a judge. */
export function DraftText({
  draft,
  onDraft,
  name,
  label,
  rows,
}: DraftFields & { readonly name: TextName; readonly label: string; readonly rows: number }) {
  return (
    <label>
      {label}
      <textarea
        rows={rows}
        value={draft[name]}
        spellCheck={name === 'systemPrompt' || name === 'prompt'}
        onChange={(event) => onDraft({ [name]: event.target.value })}
      />
    </label>
  );
}
