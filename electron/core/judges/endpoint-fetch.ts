/** The road to an endpoint: what the client may send, and how much may come back. */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** What an endpoint is told. The client would add the machine's system and headers found in the environment. */
const SENT_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'authorization',
  'content-type',
  'idempotency-key',
  'user-agent',
]);
/** More than any judge's reply with all its log-probabilities. */
const MOST_BODY_BYTES = 32 * 2 ** 20;

/** An answer that is not taken: it says where else to go, or never ends. */
export class RefusedAnswer extends Error {
  readonly why: 'redirect' | 'too_long';

  constructor(why: RefusedAnswer['why']) {
    super(why);
    this.why = why;
  }
}

/** An answer that broke off after its head: the request was worked on. */
export class BrokenAnswer extends Error {}

/**
 * A `fetch` for one endpoint, over connections that are kept. Sends only the headers a judge's request needs, follows no
 * redirect and reads at most 32 MiB. Throws {@link RefusedAnswer}, {@link BrokenAnswer}, or what the socket threw.
 *
 * Node's own `fetch` takes several times as long for a request, which a server of one's own would wait for.
 */
export function endpointFetch(): typeof fetch {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true }),
    'https:': new HttpsAgent({ keepAlive: true }),
  };
  return (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const isHttps = url.protocol === 'https:';
    const body = typeof init.body === 'string' ? init.body : '';
    const headers = Object.fromEntries(
      [...new Headers(init.headers)].filter(([name]) => SENT_HEADERS.has(name)),
    );
    return new Promise((resolve, reject) => {
      const request = (isHttps ? httpsRequest : httpRequest)(
        url,
        {
          agent: agents[isHttps ? 'https:' : 'http:'],
          method: init.method ?? 'GET',
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          ...(init.signal ? { signal: init.signal } : {}),
        },
        (message) => {
          answerOf(message).then(resolve, reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  };
}

async function answerOf(message: IncomingMessage): Promise<Response> {
  const status = message.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    message.destroy();
    throw new RefusedAnswer('redirect');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_BODY_BYTES) throw new RefusedAnswer('too_long');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof RefusedAnswer
      ? error
      : new BrokenAnswer('The answer broke off.', { cause: error });
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headersDistinct)) {
    for (const each of value ?? []) headers.append(name, each);
  }
  return new Response(Buffer.concat(chunks), { status, headers });
}
