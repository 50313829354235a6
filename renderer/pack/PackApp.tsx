import { useLayoutEffect } from 'react';
import { languageOf, speak } from '../language/language.ts';
import { PackScreen } from '../screens/PackScreen.tsx';
import { RateScreen } from '../screens/RateScreen.tsx';
import { SettingsScreen } from '../screens/SettingsScreen.tsx';
import { useRoute } from '../state/route.ts';
import { useSettings } from '../state/settings.ts';

/** A vendor's window in one file: who works, the work, and settings. */
export function PackApp() {
  const { route } = useRoute();
  const { language } = useSettings();
  const code = languageOf(language);
  useLayoutEffect(() => speak(code), [code]);
  if (route.screen === 'rate') return <RateScreen key={route.studyId} studyId={route.studyId} />;
  if (route.screen === 'settings') return <SettingsScreen />;
  return <PackScreen mayOpen={false} />;
}
