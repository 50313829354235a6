/** The only user of react-hotkeys-hook. Every guard that keeps a stray key from becoming a vote is here. */
import { useEffect, useRef } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { keyNameOf, type RatingAction } from './rating-action.ts';

/** Keys pressed this soon after the window came back were meant for something else. */
const REFOCUS_PAUSE_MS = 250;

const IME_KEY_CODE = 229;

/** What arrow keys scroll when it has the focus. */
const SCROLLABLE = '.task, .pane, pre, .table-scroll';

/**
 * Calls `perform` when exactly one action matches a key. Dropped: keys while composing, held keys that
 * repeat, keys with a modifier, keys in text fields (the hook's own default) and dialogs, arrows that scroll
 * what has the focus, keys just after the window came back. Two matches perform nothing.
 */
export function useActionKeys<Action extends Pick<RatingAction, 'keys'>>(
  actions: readonly Action[],
  perform: (action: Action) => void,
): void {
  const focusedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const onFocus = () => {
      focusedAt.current = performance.now();
    };
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, []);

  const ignoreEventWhen = (event: KeyboardEvent) =>
    event.isComposing ||
    event.keyCode === IME_KEY_CODE ||
    event.repeat ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    document.querySelector('dialog[open]') !== null ||
    (event.key.startsWith('Arrow') &&
      event.target instanceof Element &&
      event.target.closest(SCROLLABLE) !== null) ||
    performance.now() - focusedAt.current < REFOCUS_PAUSE_MS;

  // Every key comes here and is named once: by its letter where it has a Latin one, else by its place.
  useHotkeys(
    '*',
    (event) => {
      const key = keyNameOf(event);
      const matching = actions.filter((action) => action.keys.includes(key));
      const [only] = matching;
      if (matching.length !== 1 || only === undefined) return;
      event.preventDefault();
      perform(only);
    },
    { ignoreEventWhen },
  );
}
