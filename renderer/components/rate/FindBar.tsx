import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../../actions/use-action-keys.ts';
import { numberText } from '../../language/language.ts';
import { findInPair, showFound } from '../../reading/find-text.ts';
import { useTextChanges } from '../../reading/use-text-changes.ts';

/** Finds words in the pair on screen. Enter goes on, with Shift back, Escape closes. */
export function FindBar({
  pairId,
  turn,
  onClose,
}: {
  readonly pairId: string;
  /** Another one brings the focus back to the field. */
  readonly turn: number;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [found, setFound] = useState<readonly Range[]>([]);
  const [current, setCurrent] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what brings the focus back
  useEffect(() => field.current?.focus(), [turn]);
  const changes = useTextChanges();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair has other places, and so has a text that changed
  useEffect(() => {
    setFound(findInPair(words));
    setCurrent(0);
  }, [words, pairId, changes]);
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
        {t('find.label')}
        <input
          ref={field}
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent)) return;
            if (event.key === 'Escape') onClose();
            if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          }}
        />
      </label>
      <span role="status">
        {words.trim() === ''
          ? ''
          : found.length === 0
            ? t('find.none')
            : t('find.place', { place: numberText(current + 1), total: numberText(found.length) })}
      </span>
      <button type="button" disabled={found.length < 2} onClick={() => step(-1)}>
        {t('find.previous')}
      </button>
      <button type="button" disabled={found.length < 2} onClick={() => step(1)}>
        {t('find.next')}
      </button>
      <button type="button" className="quiet-button" onClick={onClose}>
        {t('find.close')}
      </button>
    </div>
  );
}
