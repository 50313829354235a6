/** The only user of react-hotkeys-hook. Every guard that keeps a stray key from becoming a vote is here. */
import { useEffect, useRef } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import type { RatingAction } from './rating-action.ts';

/** Keys pressed this soon after the window came back were meant for something else. */
const REFOCUS_PAUSE_MS = 250;

const IME_KEY_CODE = 229;

/**
 * Calls `perform` when exactly one action matches a key. Dropped: keys while composing, held keys that
 * repeat, keys with a modifier, keys in text fields (the hook's own default) and dialogs, keys just after
 * the window came back. Two matches perform nothing.
 */
export function useActionKeys(
  actions: readonly RatingAction[],
  perform: (action: RatingAction) => void,
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
    performance.now() - focusedAt.current < REFOCUS_PAUSE_MS;

  const performOnly = (key: string, byCharacter: boolean) => {
    const matching = actions.filter(
      (action) => (action.byCharacter === true) === byCharacter && action.keys.includes(key),
    );
    const [only] = matching;
    if (matching.length === 1 && only !== undefined) perform(only);
  };
  const keysOf = (byCharacter: boolean) =>
    actions
      .filter((action) => (action.byCharacter === true) === byCharacter)
      .flatMap((action) => [...action.keys]);

  useHotkeys(keysOf(false), (_event, { hotkey }) => performOnly(hotkey, false), {
    ignoreEventWhen,
    preventDefault: true,
    enabled: keysOf(false).length > 0,
  });
  useHotkeys(keysOf(true), (_event, { hotkey }) => performOnly(hotkey, true), {
    ignoreEventWhen,
    preventDefault: true,
    useKey: true,
    ignoreModifiers: true,
    enabled: keysOf(true).length > 0,
  });
}
