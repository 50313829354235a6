/** In view wherever one is on the screen as long as something is not saved. */
export function SaveBar({
  form,
  isUnsaved,
  isFromBefore,
  said,
  problem,
  onThrowAway,
}: {
  /** The id of the form that is saved. */
  readonly form: string;
  readonly isUnsaved: boolean;
  readonly isFromBefore: boolean;
  /** What came of it. */
  readonly said: string;
  readonly problem: string;
  readonly onThrowAway: () => void;
}) {
  const text = isFromBefore ? 'This is what you typed before; it is not saved yet.' : 'Unsaved changes.';
  return (
    <div className="save-bar" data-unsaved={isUnsaved}>
      <p role="status">{isUnsaved ? text : said}</p>
      {problem !== '' && (
        <p role="alert" className="field-problem">
          {problem}
        </p>
      )}
      {isUnsaved && (
        <div className="button-row">
          <button type="submit" form={form} className="primary">
            Save the design
          </button>
          <button type="button" onClick={onThrowAway}>
            Throw it away
          </button>
        </div>
      )}
    </div>
  );
}
