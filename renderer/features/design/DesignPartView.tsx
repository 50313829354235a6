import type { ReactNode } from 'react';

/** One part of a design: the sentence it makes, and behind it the fields. */
export function DesignPartView({
  sentence,
  isOpen,
  onOpen,
  children,
}: {
  readonly sentence: string;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <details
      className="design-part"
      open={isOpen}
      onToggle={(event) => onOpen(event.currentTarget.open)}
      // A field that stops the form from being saved must be there to be seen.
      onInvalidCapture={(event) => {
        event.currentTarget.open = true;
      }}
    >
      <summary>{sentence}</summary>
      <div className="design-fields">{children}</div>
    </details>
  );
}
