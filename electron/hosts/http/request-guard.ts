/** The checks every request passes before anything else looks at it. */
import type { IncomingMessage } from 'node:http';

export interface Refusal {
  readonly status: 400 | 403 | 421;
  readonly reason: string;
}

/**
 * Refuses a request whose Host is not exactly ours (DNS rebinding), whose target is not a plain path, whose
 * Origin is another site, or that a browser says another site started. Host comes first, on every method
 * and path.
 */
export function refusalOf(
  request: Pick<IncomingMessage, 'headers' | 'url' | 'rawHeaders' | 'method'>,
  port: number,
): Refusal | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const hostCount = request.rawHeaders.filter(
    (name, index) => index % 2 === 0 && name.toLowerCase() === 'host',
  ).length;
  if (hostCount !== 1 || !hosts.includes(request.headers.host ?? '')) {
    return { status: 421, reason: 'This address does not belong to Touchstone.' };
  }
  if (!(request.url ?? '').startsWith('/') || (request.url ?? '').startsWith('//')) {
    return { status: 400, reason: 'The request target must be a path.' };
  }
  const { origin } = request.headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
    return { status: 403, reason: 'Requests from other sites are refused.' };
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isPageOpened(request)) {
    return { status: 403, reason: 'Requests from other sites are refused.' };
  }
  return null;
}

/**
 * Whether a window goes to the page itself, as the file does that a browser is started with. The page holds no data, is shown
 * in no frame, and every call it makes is its own.
 */
function isPageOpened({
  method,
  url,
  headers,
}: Pick<IncomingMessage, 'headers' | 'url' | 'method'>): boolean {
  return (
    method === 'GET' &&
    url === '/' &&
    headers.origin === undefined &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}
