import { useTranslation } from 'react-i18next';
import { keyLabel } from '../../actions/key-name.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { READER_ACTIONS } from '../../components/review/reader-actions.ts';
import type { Route } from '../../state/route.ts';

interface ScreenKey {
  readonly keys: string;
  readonly does: string;
}

/** The keys of the screen one is on, and those that every screen has. */
export function ScreenKeysDialog({
  screen,
  onClose,
}: {
  readonly screen: Route['screen'];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const everywhere: readonly ScreenKey[] = [
    { keys: 'Ctrl+K, ⌘K', does: `${t('palette.title')}: ${t('palette.find')}` },
    { keys: '?', does: t('palette.keys') },
    { keys: 'Esc', does: t('dialog.close') },
  ];
  return (
    <Dialog title={t('palette.keys')} onClose={onClose}>
      <dl className="pairs screen-keys">
        {[...keysOf(screen), ...everywhere].map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              <span className="key">{keys}</span>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** Screens that only a lead works in have no other language yet. */
function keysOf(screen: Route['screen']): readonly ScreenKey[] {
  if (screen === 'disagreements')
    return READER_ACTIONS.map(({ keys, label }) => ({ keys: keys.map(keyLabel).join(' '), does: label }));
  if (screen === 'pairs')
    return [
      { keys: '↑ ↓ PgUp PgDn Home End', does: 'Move among pairs' },
      { keys: 'Enter', does: 'Open the pair' },
      { keys: 'Space', does: 'Choose the pair' },
    ];
  return [];
}
