import { useEffect, useRef, useState } from 'react';
import { findInPair, showFound } from '../../reading/find-text.ts';

/** Finds words in the pair on screen. Enter goes on, with Shift back, Escape closes. */
export function FindBar({ pairId, onClose }: { readonly pairId: string; readonly onClose: () => void }) {
  const [words, setWords] = useState('');
  const [found, setFound] = useState<readonly Range[]>([]);
  const [current, setCurrent] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair has other places
  useEffect(() => {
    setFound(findInPair(words));
    setCurrent(0);
  }, [words, pairId]);
  useEffect(() => {
    showFound(found, current);
    return () => showFound([], 0);
  }, [found, current]);
  const step = (by: number) => {
    if (found.length > 0) setCurrent((current + by + found.length) % found.length);
  };
  return (
    <div className="find-bar">
      <label>
        Find in this pair
        <input
          ref={field}
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
            if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          }}
        />
      </label>
      <span role="status">
        {words.trim() === ''
          ? ''
          : found.length === 0
            ? 'not there'
            : `${current + 1} of ${found.length.toLocaleString('en')}`}
      </span>
      <button type="button" disabled={found.length < 2} onClick={() => step(-1)}>
        Previous
      </button>
      <button type="button" disabled={found.length < 2} onClick={() => step(1)}>
        Next
      </button>
      <button type="button" className="quiet-button" onClick={onClose}>
        Close
      </button>
    </div>
  );
}
