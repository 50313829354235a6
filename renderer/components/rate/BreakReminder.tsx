import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { durationText } from '../../language/language.ts';

const LOOK_MS = 5000;

/** Suggests a break after some minutes of work, or when a rater's own answers begin to differ. Nothing is held against anybody. */
export function BreakReminder({
  afterMinutes,
  since,
  isTired,
  onPause,
  onLater,
}: {
  readonly afterMinutes: number | null;
  /** When the work began, or the last break ended; by performance.now(). */
  readonly since: number;
  readonly isTired: boolean;
  readonly onPause: () => void;
  readonly onLater: () => void;
}) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.floor((now - since) / 60_000);
  const isLong = afterMinutes !== null && minutes >= afterMinutes;
  if (!isLong && !isTired) return null;
  return (
    <div className="break-reminder" role="status">
      {isLong ? t('pause.long', { time: durationText(60 * minutes, 'minute') }) : t('pause.tired')}
      <button type="button" onClick={onPause}>
        {t('pause.take')}
      </button>
      <button type="button" className="quiet-button" onClick={onLater}>
        {t('pause.later')}
      </button>
    </div>
  );
}
