/** Clicks that were meant for what is on screen now. */
import { type MouseEvent, useRef } from 'react';

interface OwnClicks {
  /** To be called when a pointer or a key goes down on the buttons. */
  onPress(event: { readonly timeStamp: number }): void;
  /** When the press of a click began, by performance.now(); null where the click was no press of its own about this. */
  pressTimeOf(event: MouseEvent): number | null;
}

/**
 * Tells a press on what is shown from the second half of a double click, and from one that began while something else was
 * shown. A click without a press, as assistive technology makes it, is one of its own.
 */
export function useOwnClicks(shownId: string | undefined): OwnClicks {
  const press = useRef<{ readonly shownId: string | undefined; readonly at: number } | null>(null);
  return {
    onPress: ({ timeStamp }) => {
      press.current = { shownId, at: timeStamp };
    },
    pressTimeOf: (event) => {
      const began = press.current;
      press.current = null;
      if (event.detail > 1) return null;
      if (began === null) return event.timeStamp;
      return began.shownId === shownId ? began.at : null;
    },
  };
}

/** After a click with a pointer the keys are for reading again: Space would press the same button once more. */
export function giveKeysBack({ detail }: Pick<MouseEvent, 'detail'>): void {
  if (detail > 0 && document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
