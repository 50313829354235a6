/** Says that a form holds what was typed before and not saved, and lets go of it. */
export function TypedBefore({ onThrowAway }: { readonly onThrowAway: () => void }) {
  return (
    <p role="status" className="callout">
      This is what you typed before; it is not saved yet.{' '}
      <button type="button" onClick={onThrowAway}>
        Throw it away
      </button>
    </p>
  );
}
