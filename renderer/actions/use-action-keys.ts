/** The only user of react-hotkeys-hook. Every guard that keeps a stray key from becoming a vote is here. */
import { useEffect, useRef } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { isHeld } from './held-keys.ts';
import { keyNameOf } from './key-name.ts';
import type { KeyedAction } from './rating-action.ts';

/** Keys pressed this soon after the window came back were meant for something else. */
const REFOCUS_PAUSE_MS = 250;

const IME_KEY_CODE = 229;

/** What arrow keys scroll when it has the focus. */
const SCROLLABLE = '.task, .pane, pre, .table-scroll, .tool-text, [role=separator], [role=tab]';

/** Whether a key belongs to what has the focus: text that is typed, or an arrow that moves a choice or a scrolled text. */
function isForFocus(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (isTyping(target) || target.closest('select') !== null) return true;
  return event.key.startsWith('Arrow') && target.closest(`input, ${SCROLLABLE}`) !== null;
}

/** Whether letters and digits are text where the focus is. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** Whether an input method is at work on what is typed. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === IME_KEY_CODE;
}

/** Which of the actions a key means. `Ctrl` and `Cmd` go with common keys alone. */
function isKeyOf(
  { keys, commonKey }: Pick<KeyedAction, 'keys' | 'commonKey'>,
  event: KeyboardEvent,
): boolean {
  const key = keyNameOf(event);
  return event.ctrlKey || event.metaKey ? commonKey === `mod+${key}` : keys.includes(key);
}

/**
 * Calls `perform`, with when the key came down by performance.now(), when exactly one action matches it. Dropped: keys
 * while composing, held keys that repeat, keys with a modifier but common ones, keys in text fields and, without
 * `isInDialog`, in dialogs, arrows that move what has the focus, keys just after the
 * window came back. Two matches perform nothing.
 */
export function useActionKeys<Action extends Pick<KeyedAction, 'keys' | 'commonKey' | 'answer'>>(
  actions: readonly Action[],
  perform: (action: Action, pressedAt: number) => void,
  { isInDialog = false }: { readonly isInDialog?: boolean } = {},
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
    event.defaultPrevented ||
    isComposing(event) ||
    event.repeat ||
    event.altKey ||
    (!isInDialog && document.querySelector('dialog[open]') !== null) ||
    isForFocus(event) ||
    performance.now() - focusedAt.current < REFOCUS_PAUSE_MS;

  // Every key comes here and is named once: by what is written on it, else by its place.
  useHotkeys(
    '*',
    (event) => {
      const matching = actions.filter((action) => isKeyOf(action, event));
      const [only] = matching;
      if (matching.length !== 1 || only === undefined) return;
      event.preventDefault();
      if (only.answer === undefined || !isHeld(event)) perform(only, event.timeStamp);
    },
    { ignoreEventWhen, enableOnFormTags: true },
  );
}
