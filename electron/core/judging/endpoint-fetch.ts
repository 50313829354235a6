/** The road to an endpoint: what the client may send, which way it goes, and how much may come back. */
import { lookup } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { isNear, isNearAddress } from './endpoint-address.ts';
import { finiteJson } from './finite-json.ts';

/** What an endpoint is told. The client would add the machine's system and headers found in the environment. */
const SENT_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'authorization',
  'content-type',
  'idempotency-key',
  'user-agent',
]);
/** What files are asked for as. They come as they are, as long as they come: whoever reads them counts. */
const AS_FILE = 'application/binary';
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

/** A request that was not sent, because what must be noted before it could not be. Its cause says why. */
export class NotNoted extends Error {}

/**
 * A `fetch` for one endpoint, over connections that are kept. Sends only the headers a judge's request needs, follows no
 * redirect and reads at most 32 MiB, but for files. A key that an answer repeats is blanked out. Throws {@link RefusedAnswer}, {@link BrokenAnswer}, or what the socket threw.
 *
 * Over TLS it goes by the proxy that the environment names (`HTTPS_PROXY`, `ALL_PROXY`, but for `NO_PROXY`), which sees
 * the name of the host and no more. Without TLS it goes to no proxy, and only to addresses of this machine and of private
 * networks, whatever the name of the host is said to mean.
 *
 * Node's own `fetch` takes several times as long for a request, which a server of one's own would wait for.
 *
 * @param headers names of headers that are sent beside the usual ones
 * @param secrets what no answer may show
 * @param beforeSend called at the last moment before a request leaves, with its idempotency key
 */
export function endpointFetch({
  endpoint,
  headers: extra,
  secrets,
  beforeSend,
}: {
  readonly endpoint: string;
  readonly headers: readonly string[];
  readonly secrets: readonly string[];
  readonly beforeSend: (idempotencyKey: string) => Promise<void>;
}): typeof fetch {
  const isHttps = new URL(endpoint).protocol === 'https:';
  const agent = isHttps ? httpsAgent(endpoint) : new HttpAgent({ keepAlive: true, lookup: nearLookup });
  const sent = new Set([...SENT_HEADERS, ...extra.map((name) => name.toLowerCase())]);
  const send: typeof fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { body, contentType } = await bytesOf(init.body);
    const headers: Record<string, string> = {
      ...Object.fromEntries([...new Headers(init.headers)].filter(([name]) => sent.has(name))),
      ...(contentType === null ? {} : { 'content-type': contentType }),
    };
    try {
      await beforeSend(headers['idempotency-key'] ?? '');
    } catch (error) {
      throw new NotNoted('The request could not be noted.', { cause: error });
    }
    return new Promise((resolve, reject) => {
      const request = (isHttps ? httpsRequest : httpRequest)(
        url,
        {
          agent,
          method: init.method ?? 'GET',
          headers: { ...headers, 'content-length': body.length },
          ...(init.signal ? { signal: init.signal } : {}),
        },
        (message) => {
          const isFile = new Headers(init.headers).get('accept') === AS_FILE;
          answerOf(message, isFile, secrets).then(resolve, reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  };
  // The client looks here for what its uploads may be made of.
  return Object.assign(send, { Response });
}

/** The bytes of a body, and the kind that only a form knows of itself. */
async function bytesOf(
  body: RequestInit['body'],
): Promise<{ readonly body: Buffer; readonly contentType: string | null }> {
  if (body === null || body === undefined || typeof body === 'string')
    return { body: Buffer.from(body ?? '', 'utf8'), contentType: null };
  const form = new Response(body);
  const contentType = body instanceof FormData ? form.headers.get('content-type') : null;
  return { body: Buffer.from(await form.arrayBuffer()), contentType };
}

function httpsAgent(endpoint: string): HttpsAgent {
  // A proxy elsewhere cannot reach this machine and its network.
  if (isNear(new URL(endpoint).hostname)) return new HttpsAgent({ keepAlive: true });
  const { HTTPS_PROXY, https_proxy, ALL_PROXY, all_proxy, NO_PROXY, no_proxy } = process.env;
  const proxy = [https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY].find(
    (each) => each !== undefined && each !== '',
  );
  if (proxy === undefined) return new HttpsAgent({ keepAlive: true });
  // Without a scheme it is one over HTTP, as elsewhere.
  const address = /^\w+:\/\//u.test(proxy) ? proxy : `http://${proxy}`;
  if (!/^https?:/iu.test(address) || !URL.canParse(address))
    throw new ServiceError('invalid_input', { key: 'judge.proxy_not_http' });
  return new HttpsAgent({
    keepAlive: true,
    proxyEnv: { HTTPS_PROXY: address, NO_PROXY: no_proxy ?? NO_PROXY ?? '' },
  });
}

/** Looks a name up and leaves out addresses of other networks: nothing goes there unencrypted. */
const nearLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const near = error === null ? addresses.filter(({ address }) => isNearAddress(address)) : [];
    const [first] = near;
    if (error !== null) callback(error, '', 0);
    else if (first === undefined) callback(foreign(hostname, addresses[0]?.address ?? ''), '', 0);
    else if (options.all === true) callback(null, near);
    else callback(null, first.address, first.family);
  });
};

function foreign(hostname: string, address: string): NodeJS.ErrnoException {
  const message = `${hostname} is at ${address}, which is in no private network, and without TLS nothing is sent there: use https://.`;
  return Object.assign(new Error(message), { code: 'EFOREIGN' });
}

async function answerOf(
  message: IncomingMessage,
  isFile: boolean,
  secrets: readonly string[],
): Promise<Response> {
  const status = message.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    message.destroy();
    throw new RefusedAnswer('redirect');
  }
  const plain = unpackBody(message);
  if (isFile && status === 200)
    return new Response(Readable.toWeb(plain) as unknown as ReadableStream<Uint8Array>, { status });
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
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
    for (const each of value ?? []) headers.append(name, withoutSecrets(each, secrets, status));
  }
  const text = withoutSecrets(Buffer.concat(chunks).toString('utf8'), secrets, status);
  return new Response(finiteJson(text), { status, headers });
}

const UNPACK: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** An answer as it was before it was packed, as some gateways do though nothing says that it may be. */
function unpackBody(message: IncomingMessage): Readable {
  const unpack = UNPACK[(message.headers['content-encoding'] ?? '').trim().toLowerCase()]?.();
  // What breaks on the way breaks the stream that is read.
  return unpack === undefined ? message : (pipeline(message, unpack, () => undefined) as unknown as Readable);
}

function withoutSecrets(text: string, secrets: readonly string[], status: number): string {
  return secrets
    .filter((secret) => (status >= 400 ? secret.length >= 6 : isNoWord(secret)))
    .reduce((rest, secret) => rest.replaceAll(secret, '[key]'), text);
}

/** Servers of one's own take any key, such as “ollama” or “not-needed”; what a judge says of these words must stay. */
function isNoWord(secret: string): boolean {
  return secret.length >= 20 || (secret.length >= 8 && /\d/u.test(secret) && /[a-z]/iu.test(secret));
}
