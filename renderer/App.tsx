import { lazy, Suspense, useLayoutEffect } from 'react';
import { StudyPage } from './components/StudyPage.tsx';
import { DroppedFiles } from './features/dropping/DroppedFiles.tsx';
import { ImportScreen } from './features/import/ImportScreen.tsx';
import { LogScreen } from './features/log/LogScreen.tsx';
import { OverviewScreen } from './features/overview/OverviewScreen.tsx';
import { PairsScreen } from './features/pairs/PairsScreen.tsx';
import { Palette } from './features/palette/Palette.tsx';
import { StudiesScreen } from './features/studies/StudiesScreen.tsx';
import { languageOf, speak } from './language/language.ts';
import { BeginScreen } from './screens/BeginScreen.tsx';
import { DesignScreen } from './screens/DesignScreen.tsx';
import { ExportScreen } from './screens/ExportScreen.tsx';
import { PackScreen } from './screens/PackScreen.tsx';
import { PacksScreen } from './screens/PacksScreen.tsx';
import { RaterScreen } from './screens/RaterScreen.tsx';
import { RatersScreen } from './screens/RatersScreen.tsx';
import { SeatScreen } from './screens/SeatScreen.tsx';
import { SettingsScreen } from './screens/SettingsScreen.tsx';

import { type Choices, type Route, type StudyPlace, useRoute } from './state/route.ts';
import { useSeat } from './state/seat.ts';
import { useSettings } from './state/settings.ts';

// Markdown, math and highlighting are heavy and only needed where texts are read.
const RateScreen = lazy(() =>
  import('./screens/RateScreen.tsx').then(({ RateScreen }) => ({ default: RateScreen })),
);

// So are the plots.
const AgreementScreen = lazy(() =>
  import('./screens/AgreementScreen.tsx').then(({ AgreementScreen }) => ({ default: AgreementScreen })),
);

const JudgesScreen = lazy(() =>
  import('./screens/JudgesScreen.tsx').then(({ JudgesScreen }) => ({ default: JudgesScreen })),
);

const DisagreementsScreen = lazy(() =>
  import('./screens/DisagreementsScreen.tsx').then(({ DisagreementsScreen }) => ({
    default: DisagreementsScreen,
  })),
);

/** What only a lead works in has no other language yet. */
const IN_ENGLISH: ReadonlySet<Route['screen']> = new Set([
  'import',
  'pairs',
  'design',
  'agreement',
  'judges',
  'raters',
  'disagreements',
  'packs',
]);

const NO_CHOICES: Choices = {};

export function App() {
  const { seat } = useSeat();
  const { route } = useRoute();
  return (
    <>
      <Screen />
      {seat.role === 'lead' && route.screen !== 'rate' && <Palette />}
      <DroppedFiles />
    </>
  );
}

function Screen() {
  const { route } = useRoute();
  const { language } = useSettings();
  const { seat } = useSeat();
  const isHanded = 'rater' in seat;
  const code = IN_ENGLISH.has(route.screen) && seat.role === 'lead' ? 'en' : languageOf(language);
  useLayoutEffect(() => speak(code), [code]);
  const isOwnWork = isHanded && route.screen === 'rate' && route.studyId === seat.studyId;
  if (seat.role === 'vendor' && route.screen !== 'settings' && route.screen !== 'rate') return <PackScreen />;
  if (isHanded && route.screen !== 'settings' && !isOwnWork) return <SeatScreen seat={seat} />;
  switch (route.screen) {
    case 'studies':
      return <StudiesScreen />;
    case 'import':
      return <ImportScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'study':
      return <OverviewScreen key={route.studyId} studyId={route.studyId} />;
    case 'begin':
      return <BeginScreen key={route.studyId} studyId={route.studyId} />;
    case 'export':
      return <ExportScreen key={route.studyId} studyId={route.studyId} />;
    case 'log':
      return <LogScreen key={route.studyId} studyId={route.studyId} choices={route.choices ?? NO_CHOICES} />;
    case 'design':
      return <DesignScreen key={route.studyId} studyId={route.studyId} />;
    case 'raters':
      return route.rater === undefined ? (
        <RatersScreen key={route.studyId} studyId={route.studyId} />
      ) : (
        <RaterScreen key={`${route.studyId}|${route.rater}`} studyId={route.studyId} rater={route.rater} />
      );
    case 'pairs':
      return (
        <PairsScreen key={route.studyId} studyId={route.studyId} choices={route.choices ?? NO_CHOICES} />
      );
    case 'packs':
      return <PacksScreen key={route.studyId} studyId={route.studyId} />;
    case 'disagreements':
      return (
        <Suspense fallback={<Waiting studyId={route.studyId} place="disagreements" />}>
          <DisagreementsScreen
            key={route.studyId}
            studyId={route.studyId}
            choices={route.choices ?? NO_CHOICES}
          />
        </Suspense>
      );
    case 'agreement':
      return (
        <Suspense fallback={<Waiting studyId={route.studyId} place="agreement" />}>
          <AgreementScreen
            key={route.studyId}
            studyId={route.studyId}
            choices={route.choices ?? NO_CHOICES}
          />
        </Suspense>
      );
    case 'judges':
      return (
        <Suspense fallback={<Waiting studyId={route.studyId} place="judges" />}>
          <JudgesScreen key={route.studyId} studyId={route.studyId} />
        </Suspense>
      );
    case 'rate':
      return (
        <Suspense fallback={<p className="waiting">Loading …</p>}>
          <RateScreen key={route.studyId} studyId={route.studyId} />
        </Suspense>
      );
  }
}

/** A study's screen whose code is on its way. */
function Waiting({ studyId, place }: { readonly studyId: string; readonly place: StudyPlace }) {
  return (
    <StudyPage studyId={studyId} study={null} place={place}>
      <p className="waiting">Loading …</p>
    </StudyPage>
  );
}
