import { create } from 'zustand';

const STUDY_SCREENS = ['study', 'design', 'rate', 'judges', 'disagreements', 'packs'] as const;

/** Where in the app the page is. Kept in the address so that a reload and the back button work. */
export type Route =
  | { readonly screen: 'studies' }
  | { readonly screen: 'import' }
  | { readonly screen: 'settings' }
  | { readonly screen: (typeof STUDY_SCREENS)[number]; readonly studyId: string }
  /** All raters, or one of them. */
  | { readonly screen: 'raters'; readonly studyId: string; readonly rater?: string }
  /** The card opens at this judge; at the first one without it. */
  | { readonly screen: 'agreement'; readonly studyId: string; readonly judge?: string };

export function routeOfHash(hash: string): Route {
  const [screen, studyId, name] = hash.replace(/^#\/?/u, '').split('/');
  if (screen === 'import' || screen === 'settings') return { screen };
  if (studyId) {
    const one = STUDY_SCREENS.find((each) => each === screen);
    if (one !== undefined) return { screen: one, studyId };
    if (screen === 'agreement')
      return { screen, studyId, ...(name ? { judge: decodeURIComponent(name) } : {}) };
    if (screen === 'raters') return { screen, studyId, ...(name ? { rater: decodeURIComponent(name) } : {}) };
  }
  return { screen: 'studies' };
}

export function hashOfRoute(route: Route): string {
  if (!('studyId' in route)) return `#/${route.screen}`;
  const name =
    route.screen === 'agreement' ? route.judge : route.screen === 'raters' ? route.rater : undefined;
  return `#/${route.screen}/${route.studyId}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

export const useRoute = create<{
  readonly route: Route /** Where the page was before. */;
  readonly before: Route | null;
}>(() => ({ route: routeOfHash(location.hash), before: null }));

window.addEventListener('hashchange', () =>
  useRoute.setState(({ route }) => ({ route: routeOfHash(location.hash), before: route })),
);

export function goTo(route: Route): void {
  location.hash = hashOfRoute(route);
}
