/** The raw HTTP client: `fetch` rewrites Host and hides what a hostile client can send. */
import { request } from 'node:http';

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export function rawRequest(options: {
  readonly port: number;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const { port, method = 'GET', path = '/', headers = {}, body } = options;
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers, setHost: headers.host === undefined },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () =>
          resolve({
            status: reply.statusCode ?? 0,
            headers: reply.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Exchanges a launch address for its token, as the page does. */
export async function launchToken(port: number, launchUrl: string): Promise<string> {
  const code = launchUrl.split('#launch=')[1];
  const reply = await rawRequest({
    port,
    method: 'POST',
    path: '/launch',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  return (JSON.parse(reply.body) as { value: { token: string } }).value.token;
}
