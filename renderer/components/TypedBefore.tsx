import type { ReactNode } from 'react';

/** Says that a form holds what was typed before and not saved, and lets go of it. */
export function TypedBefore({
  children = 'This is what you typed before; it is not saved yet.',
  onThrowAway,
}: {
  readonly children?: ReactNode;
  readonly onThrowAway: () => void;
}) {
  return (
    <p role="status" className="callout">
      {children}{' '}
      <button type="button" onClick={onThrowAway}>
        Throw it away
      </button>
    </p>
  );
}
