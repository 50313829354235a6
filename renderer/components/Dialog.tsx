import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** A modal dialog on the platform's own element: focus is kept inside, Escape closes, focus comes back. */
export function Dialog({
  title,
  onClose,
  onKeyDown,
  isWide = false,
  isText = false,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLDialogElement>) => void;
  readonly isWide?: boolean;
  /** Something to read, without a control: it has the focus, so that keys scroll it. */
  readonly isText?: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // Whoever opened it came for what it holds, not for closing it.
    dialog.current
      ?.querySelector<HTMLElement>(
        '.dialog-body[tabindex], .dialog-body :is(button, input, select, textarea):enabled',
      )
      ?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={isWide ? 'wide' : undefined}
      aria-labelledby={titleId}
      onClose={onClose}
      onCancel={onClose}
      onKeyDown={onKeyDown}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="quiet-button" onClick={onClose} aria-label={t('dialog.close')}>
          ✕
        </button>
      </header>
      <div className="dialog-body" tabIndex={isText ? 0 : undefined}>
        {children}
      </div>
    </dialog>
  );
}
