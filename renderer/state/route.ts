import { create } from 'zustand';

/** The places of a study, in the order in which its rail shows them. */
export const STUDY_PLACES = [
  'study',
  'pairs',
  'begin',
  'raters',
  'disagreements',
  'judges',
  'agreement',
  'packs',
  'design',
  'export',
  'log',
] as const;
export type StudyPlace = (typeof STUDY_PLACES)[number];

/** What is chosen on a screen, by name: a judge, a slice, a filter. */
export type Choices = Readonly<Record<string, string>>;

/** Where in the app the page is. Kept in the address, so that a reload, the back button, a bookmark and a sent link work. */
export type Route = { readonly choices?: Choices } & (
  | { readonly screen: 'studies' | 'import' | 'settings' }
  /** `rate` is a rater's own work, which shows nothing else. */
  | { readonly screen: Exclude<StudyPlace, 'raters'> | 'rate'; readonly studyId: string }
  /** All raters, or one of them. */
  | { readonly screen: 'raters'; readonly studyId: string; readonly rater?: string }
);

export function routeOfHash(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/u, '').split('?', 2);
  const [screen, studyId, name] = path.split('/');
  const entries = [...new URLSearchParams(query)];
  const choices = entries.length === 0 ? {} : { choices: Object.fromEntries(entries) };
  if (screen === 'import' || screen === 'settings') return { screen, ...choices };
  if (studyId) {
    if (screen === 'raters') return { screen, studyId, ...(name ? { rater: textOf(name) } : {}), ...choices };
    const place = [...STUDY_PLACES, 'rate' as const].find((each) => each === screen);
    if (place !== undefined && place !== 'raters') return { screen: place, studyId, ...choices };
  }
  return { screen: 'studies', ...choices };
}

/** An address that somebody typed may be no encoding of anything. */
function textOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

export function hashOfRoute(route: Route): string {
  const parts = [
    route.screen,
    ...('studyId' in route ? [route.studyId] : []),
    ...('rater' in route && route.rater !== undefined ? [encodeURIComponent(route.rater)] : []),
  ];
  const query = new URLSearchParams(route.choices).toString();
  return `#/${parts.join('/')}${query === '' ? '' : `?${query}`}`;
}

export const useRoute = create<{
  readonly route: Route;
  /** Where the page was before. */
  readonly before: Route | null;
}>(() => ({ route: routeOfHash(location.hash), before: null }));

window.addEventListener('hashchange', () =>
  useRoute.setState(({ route }) => ({ route: routeOfHash(location.hash), before: route })),
);

export function goTo(route: Route): void {
  location.hash = hashOfRoute(route);
}

/** Changes what is chosen on the screen that is shown; a choice of null is taken back. No step of the back button. */
export function choose(change: Readonly<Record<string, string | null>>): void {
  const { route } = useRoute.getState();
  const choices = Object.fromEntries(
    Object.entries({ ...route.choices, ...change }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  );
  const next = { ...route, choices };
  history.replaceState(history.state, '', hashOfRoute(next));
  useRoute.setState({ route: next });
}
