import { useEffect, useState } from 'react';

/**
 * Counts how often what pairs show has changed: formulas are set, the rest of a text comes, texts are shown as written.
 * Places that were found before are then elsewhere.
 */
export function useTextChanges(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    let frame = 0;
    const observer = new MutationObserver((records) => {
      const isText = records.some(
        ({ target }) => target instanceof Element && target.closest('.pair') !== null,
      );
      if (!isText || frame !== 0) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        setChanges((count) => count + 1);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);
  return changes;
}
