/** The page's own address inside the desktop window, and the one test for "is this ours?". */

export const APP_SCHEME = 'touchstone';
export const APP_HOST = 'app';
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** Whether an address is exactly ours: scheme, host, no port, no credentials. Compared after parsing. */
export function isAppUrl(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  return (
    url.protocol === `${APP_SCHEME}:` &&
    url.hostname === APP_HOST &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}
