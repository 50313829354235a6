import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import { type Settings, settingsSchema } from '../../../shared/contract/settings-methods.ts';
import type { AppContext } from '../app-context.ts';
import { readSetting, writeSetting } from '../store/preferences.ts';

const NAME = 'app';

export function getSettings({ store }: AppContext): Settings {
  const stored = settingsSchema.safeParse(readSetting(store, NAME) ?? {});
  return stored.success ? stored.data : settingsSchema.parse({});
}

export function putSettings(context: AppContext, input: ParsedInputOf<'settings.put'>): Settings {
  const { store, announce } = context;
  const settings = store.write(() => {
    const merged = settingsSchema.parse({ ...getSettings(context), ...definedOf(input) });
    writeSetting(store, NAME, merged);
    return merged;
  });
  announce({ type: 'changed', area: 'settings' });
  return settings;
}

function definedOf(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
