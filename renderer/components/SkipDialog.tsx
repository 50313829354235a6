import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { SKIP_REASONS, type SkipReason } from '../../shared/domain/verdict.ts';
import { keyNameOf } from '../actions/rating-action.ts';
import { Dialog } from './Dialog.tsx';

/** Asks why a pair is skipped; digits choose, as they do for answers. */
export function SkipDialog({
  onSkip,
  onClose,
}: {
  readonly onSkip: (reason: SkipReason) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const chooseByDigit = (event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const reason = SKIP_REASONS[Number(keyNameOf(event.nativeEvent)) - 1];
    if (reason !== undefined) onSkip(reason);
  };
  return (
    <Dialog title={t('skip.title')} onClose={onClose} onKeyDown={chooseByDigit}>
      <div className="choices">
        {SKIP_REASONS.map((reason, index) => (
          <button key={reason} type="button" onClick={() => onSkip(reason)}>
            <span className="key" aria-hidden="true">
              {index + 1}
            </span>{' '}
            {t(`skip.${reason}`)}
          </button>
        ))}
      </div>
    </Dialog>
  );
}
