import { useTranslation } from 'react-i18next';
import { useActionKeys } from '../../actions/use-action-keys.ts';
import { openPalette, usePalette } from '../../state/palette.ts';
import { useQuery } from '../../state/query.ts';
import { useRoute } from '../../state/route.ts';
import { Finder } from './Finder.tsx';
import { commonEntries, pairEntry, studyEntries } from './palette-entries.ts';
import { ScreenKeysDialog } from './ScreenKeysDialog.tsx';

interface PaletteKey {
  readonly opens: 'finder' | 'keys';
  readonly keys: readonly string[];
  readonly commonKey?: string;
}

const KEYS: readonly PaletteKey[] = [
  { opens: 'finder', keys: [], commonKey: 'mod+k' },
  { opens: 'keys', keys: ['?'] },
];

/** For whoever leads: anything by a few letters of its name, and the keys of the screen that is shown. */
export function Palette() {
  const { open } = usePalette();
  const { route } = useRoute();
  useActionKeys(KEYS, ({ opens }) => openPalette(opens));
  const close = () => openPalette(null);
  if (open === null) return null;
  if (open === 'keys') return <ScreenKeysDialog screen={route.screen} onClose={close} />;
  return 'studyId' in route ? (
    <FinderOfStudy studyId={route.studyId} onClose={close} />
  ) : (
    <FinderOfAll onClose={close} />
  );
}

function FinderOfStudy({ studyId, onClose }: { readonly studyId: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { value: study } = useQuery('studies.show', { studyId });
  const { value: studies } = useQuery('studies.list', {});
  return (
    <Finder
      entries={[...(study === null ? [] : studyEntries(study, t)), ...commonEntries(studies ?? [], t)]}
      entriesOf={(typed) => (study === null ? [] : pairEntry(typed, study, t))}
      onClose={onClose}
    />
  );
}

function FinderOfAll({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { value: studies } = useQuery('studies.list', {});
  return <Finder entries={commonEntries(studies ?? [], t)} entriesOf={() => []} onClose={onClose} />;
}
