import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { settingsSchema } from '../../../shared/contract/settings-methods.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/study/settings.ts';
import type { AppContext } from '../context/app-context.ts';
import { readSetting, writeSetting } from '../store/engine/preferences.ts';

const NAME = 'app';

export function getSettings({ store }: AppContext): ReplyOf<'settings.get'> {
  const stored = settingsSchema.safeParse({
    ...DEFAULT_SETTINGS,
    ...(readSetting(store, NAME) as Partial<Settings> | undefined),
  });
  return stored.success ? stored.data : settingsSchema.parse(DEFAULT_SETTINGS);
}

export function putSettings(
  context: AppContext,
  input: ParsedInputOf<'settings.put'>,
): ReplyOf<'settings.put'> {
  const { store } = context;
  const settings = store.write((store) => {
    const merged = settingsSchema.parse({ ...getSettings(context), ...withoutUndefined(input) });
    writeSetting(store, NAME, merged);
    return merged;
  });
  return settings;
}

function withoutUndefined(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
