import { create } from 'zustand';
import type { PickedFile } from '../../shared/contract/host-methods.ts';

/** Dropped files that wait for the screen they belong to, which takes them and leaves none: data for the import, returns for the merge. */
export const useWaitingFiles = create<{
  readonly files: readonly File[];
  readonly returns: readonly PickedFile[];
}>(() => ({ files: [], returns: [] }));
