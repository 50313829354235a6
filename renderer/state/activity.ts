/** How long nothing was touched while a pair was on screen. */

/** Reading without touching anything is no idleness for this long. */
const IDLE_AFTER_MS = 30_000;

const EVENTS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll', 'focus'] as const;

let touchedAt = 0;
let idleMs = 0;

function touch(): void {
  const now = performance.now();
  idleMs += Math.max(0, now - touchedAt - IDLE_AFTER_MS);
  touchedAt = now;
}

/** Starts to count for a new pair. */
export function restartIdleTime(): void {
  touchedAt = performance.now();
  idleMs = 0;
}

/** Milliseconds without a touch since then, each stretch less the first 30 seconds of it. */
export function idleTimeMs(): number {
  touch();
  return Math.round(idleMs);
}

/** Begins a pause that was asked for; what it returns ends it. All of it was idle, however much was touched. */
export function beginPause(): () => void {
  const [before, from] = [idleTimeMs(), performance.now()];
  return () => {
    touchedAt = performance.now();
    idleMs = before + touchedAt - from;
  };
}

/** Listens to every kind of touch; returns what stops it. */
export function watchActivity(): () => void {
  const options = { passive: true, capture: true } as const;
  for (const name of EVENTS) window.addEventListener(name, touch, options);
  return () => {
    for (const name of EVENTS) window.removeEventListener(name, touch, options);
  };
}
