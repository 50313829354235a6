/** Which parts of a card a reader keeps open. Kept with this browser: what one wants to see is the same for every judge and study. */
import { flushSync } from 'react-dom';
import { create } from 'zustand';
import { PART_NAMES, type PartName } from '../../shared/card/figures/figure.ts';

const STORAGE_KEY = 'touchstone-open-parts';

export const useOpenParts = create<{
  readonly open: ReadonlySet<PartName>;
  /** Paper has no part to open: all of them are printed. */
  readonly isPrinting: boolean;
}>(() => ({ open: readOpen(), isPrinting: matchMedia('print').matches }));

const setPrinting = (isPrinting: boolean) => {
  // The page is laid out for paper as soon as the event is over.
  flushSync(() => useOpenParts.setState({ isPrinting }));
};
addEventListener('beforeprint', () => setPrinting(true));
addEventListener('afterprint', () => setPrinting(false));
matchMedia('print').addEventListener('change', ({ matches }) => setPrinting(matches));

export function setPartsOpen(names: readonly PartName[], isOpen: boolean): void {
  const { open } = useOpenParts.getState();
  if (names.every((name) => open.has(name) === isOpen)) return;
  const next = new Set(open);
  for (const name of names) {
    if (isOpen) next.add(name);
    else next.delete(name);
  }
  useOpenParts.setState({ open: next });
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify([...next]));
  } catch {
    // Where nothing can be kept, parts are closed at the next start.
  }
}

function readOpen(): ReadonlySet<PartName> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return new Set(Array.isArray(kept) ? PART_NAMES.filter((name) => kept.includes(name)) : []);
  } catch {
    return new Set();
  }
}
