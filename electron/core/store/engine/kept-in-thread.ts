/**
 * What a thread keeps from one task to the next. Only a thread that lives on keeps anything: whoever else asks works out what it
 * needs, and lets it go.
 */
const forgetters = new Set<() => void>();
let isKeeping = false;

/** From now on this thread keeps what tasks of the same study need again. */
export function startKeeping(): void {
  isKeeping = true;
}

export function isThreadKeeping(): boolean {
  return isKeeping;
}

/** Has a function called when the thread is told to forget. */
export function onForget(forget: () => void): void {
  forgetters.add(forget);
}

/** Lets go of everything that is kept. */
export function forgetKept(): void {
  for (const forget of forgetters) forget();
}
