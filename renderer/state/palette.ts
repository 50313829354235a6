import { create } from 'zustand';

/** What lies over the screen for whoever leads: the finder of anything by its name, or the keys of the screen. */
export const usePalette = create<{ readonly open: 'finder' | 'keys' | null }>(() => ({ open: null }));

export function openPalette(open: 'finder' | 'keys' | null): void {
  usePalette.setState({ open });
}
