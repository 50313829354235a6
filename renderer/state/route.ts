import { create } from 'zustand';

/** Where in the app the page is. Kept in the address so that a reload and the back button work. */
export type Route =
  | { readonly screen: 'studies' }
  | { readonly screen: 'import' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'study' | 'rate' | 'agreement' | 'judges'; readonly studyId: string };

export function routeOfHash(hash: string): Route {
  const [screen, studyId] = hash.replace(/^#\/?/u, '').split('/');
  if (screen === 'import' || screen === 'settings') return { screen };
  if ((screen === 'study' || screen === 'rate' || screen === 'agreement' || screen === 'judges') && studyId)
    return { screen, studyId };
  return { screen: 'studies' };
}

export function hashOfRoute(route: Route): string {
  return 'studyId' in route ? `#/${route.screen}/${route.studyId}` : `#/${route.screen}`;
}

export const useRoute = create<{ readonly route: Route }>(() => ({ route: routeOfHash(location.hash) }));

window.addEventListener('hashchange', () => useRoute.setState({ route: routeOfHash(location.hash) }));

export function goTo(route: Route): void {
  location.hash = hashOfRoute(route);
}
