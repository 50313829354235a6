/** The loopback host: the same services for any browser on this machine, and for nobody else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { App } from '../../core/app.ts';
import { pageFolder } from '../page/page-files.ts';
import { Access } from './access.ts';
import { type BodyPatience, USUAL_PATIENCE, watchBody } from './body-patience.ts';
import { refusalOf } from './request-guard.ts';
import { createRoutes } from './routes.ts';
import { Uploads } from './uploads.ts';

export interface HttpHost {
  readonly origin: string;
  readonly port: number;
  /** A new one-time address; each opens one tab. */
  launchUrl(): string;
  close(): Promise<void>;
}

export interface HttpHostOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly pageFolder?: string;
  /** Shorter, for tests. */
  readonly patience?: BodyPatience;
}

/** Listens on 127.0.0.1 only. */
export async function startHttpHost(app: App, options: HttpHostOptions = {}): Promise<HttpHost> {
  const { clock, entropy } = app.context.ports;
  const access = new Access(clock, entropy);
  const uploads = new Uploads(entropy);
  const routes = createRoutes(app, access, uploads, options.pageFolder ?? pageFolder);
  const answer = getRequestListener(routes.fetch);
  const server = createServer(
    { maxHeaderSize: 16 * 1024, requestTimeout: 0, headersTimeout: 10_000 },
    (request, response) => {
      const refusal = refusalOf(request, port);
      const isFile = refusal === null && request.url?.startsWith('/upload') === true;
      watchBody(request, response, options.patience ?? USUAL_PATIENCE, isFile);
      if (refusal === null) {
        void answer(request, response);
        return;
      }
      // Not closed at once: that would reset a body on its way, and the refusal with it.
      response.writeHead(refusal.status, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(refusal.reason);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    port,
    launchUrl: () => `${origin}/#launch=${access.mintCode()}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await uploads.close();
    },
  };
}
