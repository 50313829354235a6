import { useEffect } from 'react';

/** Names the window after what it shows, from the particular to the general. */
export function useWindowTitle(names: readonly string[]): void {
  const title = [...names.filter((name) => name !== ''), 'Touchstone'].join(' – ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
