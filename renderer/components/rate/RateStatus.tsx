import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dropNotice, type Notice, type RatingState } from '../../state/rating.ts';
import { recordedWords } from './answer-words.ts';

/** How long something passing is said. */
const PASSING_MS = 4000;

/**
 * What became of the last vote, and what else is to be said: in a place of its own, over nothing. Each notice is another
 * text to a screen reader, the same words twice in a row, too.
 */
export function RateStatus({
  rating,
  undoKey,
}: {
  readonly rating: Pick<RatingState, 'phase' | 'vote' | 'notice'>;
  /** What the key that takes a vote back is called. */
  readonly undoKey: string;
}) {
  const { phase, vote, notice } = rating;
  const { t } = useTranslation();
  const [isHovered, setIsHovered] = useState(false);
  useEffect(() => {
    if (notice?.kind !== 'passing' || isHovered) return undefined;
    const timer = setTimeout(() => dropNotice(notice), PASSING_MS);
    return () => clearTimeout(timer);
  }, [notice, isHovered]);
  const isUnsaved = phase === 'failed' && vote !== null;
  const text =
    phase === 'saving'
      ? t('head.saving')
      : isUnsaved
        ? t('head.notRecorded')
        : notice === null || phase === 'taken_over'
          ? ''
          : noticeText(notice);
  function noticeText(said: Notice): string {
    if ('text' in said) return said.text;
    const answer = recordedWords(t, said.said);
    if (said.kind === 'changed') return t('notice.changed', { answer });
    return said.canUndo
      ? t('notice.recordedUndo', { answer, key: undoKey })
      : t('notice.recorded', { answer });
  }
  return (
    <div
      className="save-state"
      data-kind={isUnsaved ? 'problem' : phase === 'saving' ? 'passing' : notice?.kind}
      onPointerEnter={() => setIsHovered(true)}
      onPointerLeave={() => setIsHovered(false)}
    >
      <div role="status" aria-live="polite" aria-atomic="true">
        {text !== '' && (
          <span key={notice?.number}>
            {text}
            {(notice?.number ?? 0) % 2 === 1 && '\u00a0'}
          </span>
        )}
      </div>
      {notice?.kind === 'problem' && text !== '' && (
        <button
          type="button"
          className="quiet-button"
          aria-label={t('dialog.close')}
          onClick={() => dropNotice(notice)}
        >
          ✕
        </button>
      )}
    </div>
  );
}
