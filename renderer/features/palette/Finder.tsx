import { matchSorter } from 'match-sorter';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../../actions/use-action-keys.ts';
import { Dialog } from '../../components/Dialog.tsx';
import type { PaletteEntry } from './palette-entries.ts';

const MOST_SHOWN = 12;

/** A field and what its letters find; arrows choose, Enter goes there. */
export function Finder({
  entries,
  entriesOf,
  onClose,
}: {
  readonly entries: readonly PaletteEntry[];
  /** What is found by the whole of what was typed, ahead of the rest. */
  readonly entriesOf: (typed: string) => readonly PaletteEntry[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [place, setPlace] = useState(0);
  const wanted = typed.trim();
  const found = [
    ...entriesOf(wanted),
    ...(wanted === '' ? entries : matchSorter(entries, wanted, { keys: ['label', 'about'] })),
  ].slice(0, MOST_SHOWN);
  const chosen = Math.min(place, Math.max(0, found.length - 1));
  const perform = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return;
    onClose();
    entry.perform();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event.nativeEvent)) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setPlace((chosen + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter') perform(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t('palette.title')} onClose={onClose}>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found.length === 0 ? undefined : `${listId} ${chosen}`}
        aria-label={t('palette.find')}
        placeholder={t('palette.find')}
        autoComplete="off"
        className="palette-field"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setPlace(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={listId} aria-label={t('palette.title')} className="palette-list">
        {found.map((entry, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys of its list
          <div
            key={entry.id}
            role="option"
            tabIndex={-1}
            id={`${listId} ${at}`}
            aria-selected={at === chosen}
            onClick={() => perform(entry)}
          >
            <bdi>{entry.label}</bdi> <span className="quiet">{entry.about}</span>
          </div>
        ))}
      </div>
      <p role="status" className="quiet">
        {found.length === 0 ? t('palette.nothing') : ''}
      </p>
    </Dialog>
  );
}
