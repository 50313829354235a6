import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { type Envelope, failure, failureOf } from '../../../shared/contract/envelope.ts';
import type { AppEvent } from '../../../shared/contract/events.ts';
import { type ErrorCode, ServiceError } from '../../../shared/errors/errors.ts';
import type { App } from '../../core/app.ts';
import { seatedRater } from '../../core/seat/seat.ts';
import { readPageFile } from '../page/page-files.ts';
import { PAGE_HEADERS } from '../page/page-policy.ts';
import type { Access } from './access.ts';
import type { Uploads } from './uploads.ts';

/** Largest call, in bytes (8 MiB). */
const MAX_CALL_BYTES = 8 * 1024 ** 2;
/** Largest body that a stranger's request is read for, in bytes: a code and what stands around it. */
const MAX_LAUNCH_BYTES = 1024;
const HEARTBEAT_MS = 15_000;

const STATUS: Partial<Record<ErrorCode, 400 | 401 | 403 | 404 | 409 | 413 | 500 | 503>> = {
  invalid_input: 400,
  unknown_method: 404,
  unauthorized: 401,
  forbidden: 403,
  too_large: 413,
  not_found: 404,
  internal: 500,
  store_busy: 503,
};

/** Mirrors the envelope in the HTTP status, for people who read logs; callers go by the envelope. */
function statusOf(envelope: Envelope<unknown>) {
  return envelope.ok ? 200 : (STATUS[envelope.error.code] ?? 409);
}

const JSON_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/** The loopback host's routes. The page's files are open and hold no data; everything else needs the token. */
export function createRoutes(app: App, access: Access, uploads: Uploads, pageFolder: string): Hono {
  const routes = new Hono();
  const reply = (envelope: Envelope<unknown>) =>
    new Response(JSON.stringify(envelope), {
      status: statusOf(envelope),
      headers: { ...JSON_HEADERS, 'Content-Type': 'application/json; charset=utf-8' },
    });
  const limit = bodyLimit({
    maxSize: MAX_CALL_BYTES,
    onError: () => reply(failure('too_large', { key: 'call.body_too_large' })),
  });

  // Anybody may ask here, so hardly anything is read for it.
  const launchLimit = bodyLimit({
    maxSize: MAX_LAUNCH_BYTES,
    onError: () => reply(failure('too_large', { key: 'http.no_address' })),
  });
  routes.post('/launch', launchLimit, async (context) => {
    const body: unknown = await context.req.json().catch(() => null);
    const code = body !== null && typeof body === 'object' && 'code' in body ? body.code : null;
    const token = typeof code === 'string' ? access.exchange(code) : null;
    if (token === null) {
      return reply(failure('unauthorized', { key: 'http.address_used' }));
    }
    return reply({ ok: true, value: { token } });
  });

  for (const path of ['/api/*', '/events', '/upload', '/download/*']) {
    routes.use(path, async (context, next) => {
      if (access.accepts(context.req.header('authorization'))) return next();
      return reply(failure('unauthorized', { key: 'call.no_key' }));
    });
  }

  // What a rater's window may ask for is decided call by call; files are the lead's alone.
  for (const path of ['/upload', '/download/*']) {
    routes.use(path, async (_context, next) => {
      if (seatedRater(app.context) === null) return next();
      return reply(failure('forbidden', { key: 'seat.handed' }));
    });
  }

  routes.post('/api/:name', limit, async (context) => {
    if (!/^application\/json\b/u.test(context.req.header('content-type') ?? '')) {
      return reply(failure('invalid_input', { key: 'call.not_json_type' }));
    }
    let input: unknown;
    try {
      input = await context.req.json();
    } catch {
      return reply(failure('invalid_input', { key: 'call.not_json' }));
    }
    return reply(await app.call(context.req.param('name'), input));
  });

  routes.get('/events', (context) =>
    streamSSE(context, async (stream) => {
      const pending: AppEvent[] = [];
      let wake: () => void = () => undefined;
      const unsubscribe = app.subscribe((event) => {
        pending.push(event);
        wake();
      });
      stream.onAbort(() => {
        unsubscribe();
        wake();
      });
      await stream.writeSSE({ event: 'ready', data: '{}' });
      while (!stream.aborted) {
        for (const event of pending.splice(0)) await stream.writeSSE({ data: JSON.stringify(event) });
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, HEARTBEAT_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          if (pending.length > 0 || stream.aborted) wake();
        });
        if (pending.length === 0 && !stream.aborted) await stream.writeSSE({ event: 'beat', data: '{}' });
      }
      unsubscribe();
    }),
  );

  routes.post('/upload', async (context) => {
    try {
      const name = decodeURIComponent(context.req.header('x-file-name') ?? '');
      const received = await uploads.receive(context.req.raw.body, name);
      return reply({ ok: true, value: app.context.files.addFile(received.path, received.name) });
    } catch (error) {
      if (error instanceof ServiceError) return reply(failureOf(error));
      return reply(failure('invalid_input', { key: 'http.upload_broken' }));
    }
  });

  routes.get('/download/:id', (context) => {
    try {
      const file = app.context.files.file(context.req.param('id'));
      return new Response(Readable.toWeb(createReadStream(file.path)) as ReadableStream, {
        headers: {
          ...JSON_HEADERS,
          'Content-Type': 'application/octet-stream',
          'Content-Length': String(file.bytes),
        },
      });
    } catch (error) {
      if (error instanceof ServiceError) return reply(failureOf(error));
      throw error;
    }
  });

  routes.get('*', async (context) => {
    const file = await readPageFile(pageFolder, new URL(context.req.url).pathname);
    if (file === null) return new Response('Not found', { status: 404, headers: PAGE_HEADERS });
    return new Response(new Uint8Array(file.body), {
      headers: { ...PAGE_HEADERS, 'Content-Type': file.contentType },
    });
  });

  routes.all('*', () => new Response('Method not allowed', { status: 405, headers: PAGE_HEADERS }));
  routes.onError((error) => {
    console.error(error);
    return reply(failure('internal', { key: 'call.failed' }));
  });
  return routes;
}
