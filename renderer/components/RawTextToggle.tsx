import { useTranslation } from 'react-i18next';
import { keyLabel } from '../actions/key-name.ts';
import { boundActions } from '../actions/rating-action.ts';
import { useActionKeys } from '../actions/use-action-keys.ts';
import { changeSettings, useSettings } from '../state/settings.ts';

/** Shows texts as they were written, or laid out: a button and its key, in dialogs, too. */
export function RawTextToggle() {
  const { t } = useTranslation();
  const { keys, showsRawText } = useSettings();
  const actions = boundActions(keys).filter(({ id }) => id === 'raw_text');
  const toggle = () => void changeSettings({ showsRawText: !showsRawText });
  useActionKeys(actions, toggle, { isInDialog: true });
  return (
    <p className="raw-text-toggle">
      <button
        type="button"
        className="quiet-button"
        aria-pressed={showsRawText}
        title={t('action.raw_text.about')}
        onClick={toggle}
      >
        {t('action.raw_text.label')}
        <span className="key" aria-hidden="true">
          {actions.flatMap((action) => action.keys.map(keyLabel)).join(' ')}
        </span>
      </button>
    </p>
  );
}
