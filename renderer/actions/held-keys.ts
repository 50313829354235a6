/** Keys that are held down. An operating system repeats them; what they press is pressed once. */

/** No finger is faster: a key that comes down again this soon is held, and a remote desktop tells each repeat as a press. */
const FASTEST_PRESS_MS = 20;

const released = { key: '', at: Number.NEGATIVE_INFINITY };

/** Whether a key came down by being held, and not by a press of its own. */
export function isHeld({ repeat, key, timeStamp }: KeyboardEvent): boolean {
  return repeat || (released.key === key && timeStamp - released.at < FASTEST_PRESS_MS);
}

/** What a key presses where it has the focus. */
const PRESSED: Readonly<Record<string, string>> = {
  Enter: 'button, summary, a, input',
  ' ': 'button, summary, input:is([type=checkbox], [type=radio])',
};

/** Browsers click a focused button at each repeat of a held Enter. From here on none does; called once for the page. */
export function pressHeldKeysOnce(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      const pressed = PRESSED[event.key];
      if (pressed === undefined || !isHeld(event)) return;
      if (event.target instanceof Element && event.target.closest(pressed) !== null) event.preventDefault();
    },
    true,
  );
  window.addEventListener(
    'keyup',
    ({ key, timeStamp }) => {
      released.key = key;
      released.at = timeStamp;
    },
    true,
  );
}
