import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SKIP_REASONS, type SkipReason } from '../../shared/study/verdict.ts';
import { isHeld } from '../actions/held-keys.ts';
import { keyNameOf } from '../actions/key-name.ts';
import { isComposing, isTyping } from '../actions/use-action-keys.ts';
import { useOwnClicks } from '../actions/use-own-clicks.ts';
import { Dialog } from './Dialog.tsx';

/** Asks why a pair is skipped; digits choose, as they do for answers. Another reason is said in words. */
export function SkipDialog({
  presentationId,
  earlier,
  note,
  onNote,
  onSkip,
  onClose,
}: {
  readonly presentationId: string;
  /** Why it was skipped before. */
  readonly earlier: SkipReason | null;
  /** The comment on the pair, which another reason is part of. */
  readonly note: string;
  readonly onNote: (note: string) => void;
  readonly onSkip: (reason: SkipReason, pressedAt: number) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [isOther, setIsOther] = useState(earlier === 'other');
  const field = useRef<HTMLTextAreaElement>(null);
  const { onPress, pressTimeOf } = useOwnClicks(presentationId);
  useEffect(() => {
    if (isOther) field.current?.focus();
  }, [isOther]);
  const choose = (reason: SkipReason, at: number) => {
    if (reason === 'other') setIsOther(true);
    else onSkip(reason, at);
  };
  const chooseByDigit = (event: KeyboardEvent) => {
    const { nativeEvent } = event;
    if (isHeld(nativeEvent) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || isComposing(nativeEvent)) return;
    const reason = SKIP_REASONS[Number(keyNameOf(nativeEvent) || 0) - 1];
    if (reason === undefined) return;
    event.preventDefault();
    choose(reason, event.timeStamp);
  };
  const isSaid = note.trim() !== '';
  const skipForOther = (event: FormEvent) => {
    event.preventDefault();
    if (isSaid) onSkip('other', event.timeStamp);
    else field.current?.focus();
  };
  return (
    <Dialog title={t('skip.title')} onClose={onClose} onKeyDown={chooseByDigit}>
      <div className="choices" onPointerDown={onPress}>
        {SKIP_REASONS.map((reason, index) => (
          <button
            key={reason}
            type="button"
            aria-expanded={reason === 'other' ? isOther : undefined}
            data-earlier={reason === earlier ? '' : undefined}
            onClick={(event) => {
              const at = pressTimeOf(event);
              if (at !== null) choose(reason, at);
            }}
          >
            <span className="key" aria-hidden="true">
              {index + 1}
            </span>{' '}
            {t(`skip.${reason}`)}
            {reason === earlier && <span className="visually-hidden"> {t('state.earlier')}</span>}
          </button>
        ))}
      </div>
      {isOther && (
        <form className="stacked-form" onSubmit={skipForOther}>
          <label>
            {t('skip.which')}
            <textarea
              ref={field}
              rows={2}
              required
              maxLength={20_000}
              value={note}
              onChange={(event) => onNote(event.target.value)}
              onKeyDown={(event) => {
                const isSending = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
                if (isSending && !isComposing(event.nativeEvent)) event.currentTarget.form?.requestSubmit();
              }}
            />
          </label>
          <div className="button-row">
            <button type="submit" className="primary">
              {t('skip.skip')}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
