import { create } from 'zustand';

/** Dropped files that wait for the import screen, which takes them and leaves none. */
export const useWaitingFiles = create<{ readonly files: readonly File[] }>(() => ({ files: [] }));
