import { useId, useState } from 'react';
import { useTyped } from '../../state/typed.ts';

/** Asks why: the reason goes into the log. What is typed is kept until it is there. */
export function ReasonForm({
  place,
  act,
  onReason,
  onCancel,
}: {
  /** Names what it is about, unlike any other form. */
  readonly place: string;
  readonly act: string;
  /** @returns whether it was done */
  readonly onReason: (reason: string) => Promise<boolean>;
  readonly onCancel: () => void;
}) {
  const { value, type, settle } = useTyped(`reason ${place}`, '');
  const [isBusy, setIsBusy] = useState(false);
  const hint = useId();
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim() === '' || isBusy) return;
        setIsBusy(true);
        void onReason(value.trim()).then((isDone) => {
          setIsBusy(false);
          if (isDone) settle('');
        });
      }}
    >
      <label>
        Reason
        <input
          // biome-ignore lint/a11y/noAutofocus: it was asked for just now
          autoFocus
          value={value}
          maxLength={2000}
          aria-describedby={hint}
          onChange={(event) => type(event.target.value)}
        />
      </label>
      <button type="submit" disabled={value.trim() === '' || isBusy}>
        {act}
      </button>
      <button type="button" className="quiet-button" onClick={onCancel}>
        Cancel
      </button>
      <span id={hint} className="quiet">
        Stands in the log. Nothing is deleted, and it can be taken back.
      </span>
    </form>
  );
}
