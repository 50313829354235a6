/** Which addresses a judge may be asked at: any over TLS, and without it only this machine and private networks. */
import { isIP } from 'node:net';

export function endpointProblem(endpoint: string): string | null {
  const url = parseUrl(endpoint);
  if (url === null) return 'not an address';
  if (url.username !== '' || url.password !== '') return 'an address must not hold a name or a password';
  if (url.search !== '' || url.hash !== '') return 'the base address has no “?” or “#”';
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return 'an address begins with https:// or http://';
  return isNear(url.hostname)
    ? null
    : 'without TLS only this machine and private networks are asked; use https://';
}

/** An address as people copy it, and as it is meant. */
export interface MendedAddress {
  readonly endpoint: string;
  /** What stood behind “?”. */
  readonly query: Readonly<Record<string, string>>;
}

/**
 * The base address of what was copied: without “/chat/completions”, with what stood behind “?” apart, and with this machine
 * for the address that servers print when they listen everywhere. What is right already stays as it is, to the letter.
 */
export function mendAddress(endpoint: string): MendedAddress {
  const url = parseUrl(endpoint);
  if (url === null) return { endpoint, query: {} };
  const path = url.pathname.replace(/\/chat\/completions\/?$/u, '');
  const host = url.hostname.replace(/(?<=[^.])\.$/u, '');
  const meant = host === '0.0.0.0' ? '127.0.0.1' : host === '[::]' ? '[::1]' : host;
  if (path === url.pathname && meant === url.hostname && url.search === '') return { endpoint, query: {} };
  const query = Object.fromEntries(url.searchParams);
  url.pathname = path;
  url.hostname = meant;
  url.search = '';
  return { endpoint: url.href.replace(/\/$/u, ''), query };
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Names that only a network of one's own knows: without a dot, or under a name kept for that. */
const NEAR_NAME =
  /^[a-z0-9_-]+$|\.(?:localhost|local|internal|lan|home|home\.arpa|intranet|localdomain|private|corp)$/u;

/** Whether a host is this machine or in a private network, as far as its name tells; see {@link isNearAddress}. */
export function isNear(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/\.$/u, '')
    .replace(/^\[|\]$/gu, '');
  return isIP(host) === 0 ? NEAR_NAME.test(host) : isNearAddress(host);
}

/** Loopback, private, link-local, shared (RFC 6598, as Tailscale uses it) and unique local addresses. */
const NEAR_V4 =
  /^(?:0\.0\.0\.0$|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/u;

/** Whether an IP address is this machine or in a private network. */
export function isNearAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/%.*$/u, '');
  if (isIP(plain) === 4) return NEAR_V4.test(plain);
  if (plain === '::' || plain === '::1' || /^f[cd][0-9a-f]{2}:|^fe[89ab][0-9a-f]:/u.test(plain)) return true;
  const mapped = /^::ffff:(?:([\d.]+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/u.exec(plain);
  if (mapped === null) return false;
  const [, dotted, high = '0', low = '0'] = mapped;
  const [one, two] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return NEAR_V4.test(dotted ?? [one >> 8, one & 255, two >> 8, two & 255].join('.'));
}
