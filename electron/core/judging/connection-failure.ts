/** Why an endpoint was not reached, in a sentence, and what mends it. */
import { EndpointFailure } from './endpoint-failure.ts';
import { BrokenAnswer, RefusedAnswer } from './endpoint-fetch.ts';

const CERTIFICATE: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known here',
  CERT_UNTRUSTED: 'its authority is not trusted here',
  CERT_REJECTED: 'it is rejected here',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
  INVALID_CA: 'its authority may not sign it',
  INVALID_PURPOSE: 'it is not for servers',
  CERT_CHAIN_TOO_LONG: 'its chain is too long',
};
const TRUST =
  'Name a file with that authority in the environment variable NODE_EXTRA_CA_CERTS (or set NODE_USE_SYSTEM_CA=1 for what the system trusts) and start the program again.';

/** The failure that the cause of a lost connection is. */
export function connectionFailure(cause: unknown, endpoint: string): EndpointFailure {
  if (cause instanceof RefusedAnswer) {
    return cause.why === 'redirect'
      ? new EndpointFailure(
          'all',
          'The endpoint sent the request elsewhere. Nothing is sent there; name the address itself.',
        )
      : new EndpointFailure('this', 'The endpoint’s answer is longer than any reply.', { mayBePaid: true });
  }
  if (cause instanceof BrokenAnswer)
    return new EndpointFailure('retry', 'The endpoint’s answer broke off.', { mayBePaid: true });
  const { origin, hostname } = new URL(endpoint);
  const { code, text } = codeOf(cause);
  const trust = CERTIFICATE[code];
  if (trust !== undefined)
    return new EndpointFailure('all', `The certificate of ${origin} is not trusted: ${trust}. ${TRUST}`);
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return new EndpointFailure(
      'all',
      `The certificate of ${origin} is not valid ${code === 'CERT_HAS_EXPIRED' ? 'any more' : 'yet'}: renew it, or mend the clock of this machine.`,
    );
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return new EndpointFailure(
      'all',
      `The certificate of ${origin} is for another name: use the name it was made for.`,
    );
  if (code === 'EFOREIGN') return new EndpointFailure('all', text);
  if (code.startsWith('ERR_PROXY') || /proxy/iu.test(text))
    return new EndpointFailure(
      'all',
      `The proxy of HTTPS_PROXY did not let the request through to ${origin} (${text.slice(0, 200)}): mend it, or name ${hostname} in NO_PROXY.`,
    );
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS'))
    return new EndpointFailure(
      'all',
      `${origin} does not speak TLS as it should (${text.slice(0, 200)}): if it is a server of your own network, its address may begin with http://.`,
    );
  switch (code) {
    case 'ECONNREFUSED':
      return new EndpointFailure(
        'unreachable',
        `Nothing answers at ${origin} (the connection was refused): start the server there, or mend the address.`,
      );
    case 'ENOTFOUND':
      return new EndpointFailure(
        'unreachable',
        `The name ${hostname} is not known here (DNS): mend the address, or connect to the network that knows it.`,
      );
    case 'EAI_AGAIN':
      return new EndpointFailure(
        'unreachable',
        `The name ${hostname} could not be looked up (DNS does not answer): is this machine on a network?`,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return new EndpointFailure(
        'unreachable',
        `There is no way from here to ${origin}: is this machine on its network?`,
      );
    default:
      return new EndpointFailure(
        'retry',
        `The connection to ${origin} failed${code === '' ? '' : ` (${code})`}.`,
        { mayBePaid: true },
      );
  }
}

/** The first code that says something, also of attempts at several addresses, which come as one error. */
function codeOf(cause: unknown): { readonly code: string; readonly text: string } {
  for (let error = cause, depth = 0; error instanceof Error && depth < 5; depth++) {
    const { code } = error as { code?: unknown };
    if (typeof code === 'string' && code !== '') return { code, text: oneLine(error.message) };
    error = error instanceof AggregateError ? error.errors[0] : error.cause;
  }
  return { code: '', text: cause instanceof Error ? oneLine(cause.message) : '' };
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
