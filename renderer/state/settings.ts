import { create } from 'zustand';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/study/settings.ts';
import { client } from '../api/host.ts';
import { failureText } from '../language/failure-text.ts';

/** The settings as last read from the store. */
export const useSettings = create<Settings>(() => DEFAULT_SETTINGS);

export async function loadSettings(): Promise<void> {
  const reply = await client.call('settings.get', {});
  if (reply.ok) applySettings(reply.value);
}

export async function changeSettings(change: Partial<Settings>): Promise<string | null> {
  const reply = await client.call('settings.put', change);
  if (!reply.ok) return failureText(reply.error);
  applySettings(reply.value);
  return null;
}

function applySettings(settings: Settings): void {
  useSettings.setState(settings, true);
  if (settings.theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = settings.theme;
}
