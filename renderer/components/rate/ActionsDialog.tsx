import { useTranslation } from 'react-i18next';
import { keyLabel } from '../../actions/key-name.ts';
import type { RatingAction } from '../../actions/rating-action.ts';
import { Dialog } from '../Dialog.tsx';

/** Everything that can be done on the screen, with its keys: to be looked up, and to be pressed. */
export function ActionsDialog({
  actions,
  isEnabled,
  pressed,
  onAction,
  onClose,
}: {
  readonly actions: readonly RatingAction[];
  readonly isEnabled: (action: RatingAction) => boolean;
  /** Of those that are on or off. */
  readonly pressed: Readonly<Partial<Record<RatingAction['id'], boolean>>>;
  readonly onAction: (action: RatingAction, pressedAt: number) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('state.allActions')} isWide isText onClose={onClose}>
      <ul className="plain-list all-actions">
        {actions
          .filter(({ id }) => id !== 'help')
          .map((action) => (
            <li key={action.id}>
              <button
                type="button"
                className="quiet-button"
                aria-disabled={!isEnabled(action)}
                aria-pressed={pressed[action.id]}
                onClick={(event) => {
                  if (!isEnabled(action)) return;
                  onClose();
                  onAction(action, event.timeStamp);
                }}
              >
                <span className="keys" aria-hidden="true">
                  {[...action.keys, ...(action.commonKey === undefined ? [] : [action.commonKey])].map(
                    (key) => (
                      <kbd key={key}>{keyLabel(key)}</kbd>
                    ),
                  )}
                </span>
                {t(`action.${action.id}.about`)}
              </button>
            </li>
          ))}
      </ul>
      <p className="quiet">{t('state.keysRead')}</p>
      <p className="quiet">{t('state.keysElsewhere')}</p>
    </Dialog>
  );
}
