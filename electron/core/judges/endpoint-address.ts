/** Which addresses a judge may be asked at: any over TLS, and without it only this machine and private networks. */
export function endpointProblem(endpoint: string): string | null {
  const url = parsedUrl(endpoint);
  if (url === null) return 'not an address';
  if (url.username !== '' || url.password !== '') return 'an address must not hold a name or a password';
  if (url.search !== '' || url.hash !== '') return 'the base address has no “?” or “#”';
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return 'an address begins with https:// or http://';
  return isNear(url.hostname)
    ? null
    : 'without TLS only this machine and private networks are asked; use https://';
}

function parsedUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

const PRIVATE = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)/u;

function isNear(host: string): boolean {
  if (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host.endsWith('.local') ||
    host.endsWith('.internal')
  )
    return true;
  if (host === '[::1]' || /^\[f[cd][0-9a-f]{2}:/u.test(host)) return true;
  return PRIVATE.test(host) && /^[\d.]+$/u.test(host);
}
