/** Which keys a person has used so often that their hints may go. Kept with this browser, not with the study. */
import { create } from 'zustand';

const STORAGE_KEY = 'touchstone-key-uses';
const USES_TO_LEARN = 30;

function readUses(): Record<string, number> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? { ...stored } : {};
  } catch {
    return {};
  }
}

/** Kept beside the state: counting on must not paint anything. */
const uses = readUses();

const isLearned = (id: string) => (uses[id] ?? 0) >= USES_TO_LEARN;

/** The actions whose keys are learned. */
export const useLearnedKeys = create<{ readonly learned: ReadonlySet<string> }>(() => ({
  learned: new Set(Object.keys(uses).filter(isLearned)),
}));

/** Counts one use of an action's key, up to where it is learned. */
export function countKeyUse(id: string): void {
  if (isLearned(id)) return;
  uses[id] = (uses[id] ?? 0) + 1;
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(uses));
  } catch {
    // Where nothing can be kept, hints stay.
  }
  if (isLearned(id)) useLearnedKeys.setState(({ learned }) => ({ learned: new Set([...learned, id]) }));
}
