/** What somebody without a key can do to the loopback host: next to nothing, and not for long. */
import { rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeLaunchPage } from '../../electron/hosts/cli/launch/launch-page.ts';
import { startHttpHost } from '../../electron/hosts/http/server.ts';
import { openTestApp } from '../support/open-app.ts';
import { launchToken, rawRequest } from '../support/raw-http.ts';

describe('a stranger at the door', () => {
  it.each([
    ['an object for a code', '{"code":{"toString":1}}', 401],
    ['a list for a code', '{"code":[[]]}', 401],
    ['a number for a code', '{"code":1e400}', 401],
    ['no code', '{}', 401],
    ['null', 'null', 401],
    ['a key that means more', '{"__proto__":{"code":"x"}}', 401],
    ['no JSON', '{', 401],
    ['more than a code', `{"code":"${'x'.repeat(5000)}"}`, 413],
    ['much more', `[${'0,'.repeat(500_000)}0]`, 413],
  ])('is refused and breaks nothing: %s', async (_about, body, status) => {
    const { app } = await openTestApp();
    const host = await startHttpHost(app);
    const reply = await rawRequest({
      port: host.port,
      method: 'POST',
      path: '/launch',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([reply.status, JSON.parse(reply.body)]).toEqual([status, expect.objectContaining({ ok: false })]);
    await host.close();
  });

  it.each(['/launch', '/api/studies.list', '/upload'])(
    'is cut off where half a body comes: %s',
    async (path) => {
      const { app } = await openTestApp();
      const host = await startHttpHost(app, { patience: { silentMs: 200, wholeMs: 400 } });
      const ended = await new Promise<string>((resolve) => {
        const socket = connect(host.port, '127.0.0.1', () =>
          socket.write(
            `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nContent-Length: 900\r\n\r\n{"code":`,
          ),
        );
        socket.on('data', () => undefined);
        socket.on('error', () => resolve('closed'));
        socket.on('close', () => resolve('closed'));
      });
      expect(ended).toBe('closed');
      await host.close();
    },
  );

  it('sees its refusal where the body comes later, and is cut off where it never ends', async () => {
    const { app } = await openTestApp();
    const host = await startHttpHost(app);
    const refused = (later: string) =>
      new Promise<string>((resolve) => {
        let seen = '';
        const head = `POST /api/studies.list HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nContent-Length: 9\r\n\r\n`;
        const socket = connect({ host: '127.0.0.1', port: host.port, allowHalfOpen: true }, () =>
          socket.write(head),
        );
        socket.on('data', (chunk) => {
          seen += chunk.toString('utf8').match(/^HTTP\/1\.1 \d+/u)?.[0] ?? '';
          // The same connection then takes the next request.
          if (later !== '' && seen.length < 15) socket.write(later + head);
          else if (later !== '') socket.destroy();
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(seen));
        socket.on('end', () => socket.end());
      });
    expect(await refused('123456789')).toBe('HTTP/1.1 401HTTP/1.1 401');
    expect(await refused('')).toBe('HTTP/1.1 401');
    await host.close();
  });
});

describe('a refusal', () => {
  const own = { authorization: 'own', 'content-type': 'application/json' };
  const nineMiB = { 'content-length': String(9 * 1024 ** 2) };
  it.each<{ about: string; path: string; method?: string; headers: Record<string, string>; status: number }>([
    { about: 'another host', path: '/api/studies.list', headers: { host: 'evil.example' }, status: 421 },
    { about: 'no plain path', path: 'http://evil.example/', headers: own, status: 400 },
    { about: 'another site', path: '/launch', headers: { origin: 'http://evil.example' }, status: 403 },
    { about: 'a page elsewhere', path: '/upload', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
    { about: 'no key', path: '/upload', headers: {}, status: 401 },
    { about: 'no one-time address', path: '/launch', headers: nineMiB, status: 413 },
    { about: 'too much', path: '/api/studies.list', headers: { ...own, ...nineMiB }, status: 413 },
    { about: 'no JSON', path: '/api/studies.list', headers: { ...own, 'content-type': 'x/y' }, status: 400 },
    { about: 'no such page', path: '/nowhere', headers: own, status: 405 },
    { about: 'no such way', path: '/api/studies.list', method: 'PUT', headers: own, status: 405 },
    { about: 'no name of a file', path: '/upload', headers: own, status: 400 },
    { about: 'a disk that fails', path: '/upload', headers: { ...own, 'x-file-name': 'lost' }, status: 400 },
  ])('is read whole by whoever still sends: $about', async ({ path, method = 'POST', headers, status }) => {
    const { app } = await openTestApp();
    const host = await startHttpHost(app);
    const authorization = `Bearer ${await launchToken(host.port, host.launchUrl())}`;
    if (headers['x-file-name'] !== undefined) {
      const kept = await rawRequest({
        port: host.port,
        method,
        path,
        headers: { authorization, 'x-file-name': 'kept' },
        body: 'x',
      });
      const { uploadId } = (JSON.parse(kept.body) as { value: { uploadId: string } }).value;
      rmSync(dirname(app.context.files.file(uploadId).path), { recursive: true });
    }
    const bytes = Number(headers['content-length'] ?? 30);
    const lines = Object.entries({
      host: `127.0.0.1:${host.port}`,
      'content-length': '30',
      ...headers,
      ...(headers.authorization === undefined ? {} : { authorization }),
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const seen = await new Promise<string>((resolve) => {
      let reply = '';
      const socket = connect({ host: '127.0.0.1', port: host.port, allowHalfOpen: true }, () =>
        socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n0123456789`),
      );
      socket.on('data', (chunk) => {
        const isFirst = reply === '';
        reply += chunk.toString('utf8');
        // More of the body is on its way when the answer comes, and then all of it.
        if (isFirst) socket.write('0'.repeat(10), () => socket.end('0'.repeat(bytes - 20)));
      });
      socket.on('error', (error) => resolve(`${error.message} after ${reply}`));
      socket.on('end', () => resolve(reply));
    });
    expect(seen).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, 'u'));
    expect(seen.split('\r\n\r\n')[1]).not.toBe('');
    await host.close();
  });
});

describe('the address that opens the page', () => {
  it('stands in a file that only its owner may read, and in nothing that others see', async () => {
    const { app } = await openTestApp();
    const host = await startHttpHost(app);
    const address = host.launchUrl();
    const page = makeLaunchPage(address);
    const code = address.split('#launch=')[1] ?? '';
    expect(page.url).toMatch(/^file:\/\//u);
    expect(page.url).not.toContain(code);
    const path = fileURLToPath(page.url);
    const modes = [path, fileURLToPath(new URL('.', page.url))].map((each) => statSync(each).mode & 0o077);
    expect(modes).toEqual([0, 0]);
    // A window that the file leads on is another site's to a browser; nothing but the page is open to it.
    const opened = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const status = async (target: string, headers: Record<string, string>, method = 'GET') =>
      (await rawRequest({ port: host.port, path: target, headers, method })).status;
    expect(await status('/', opened)).not.toBe(403);
    expect(await status('/', { ...opened, 'sec-fetch-dest': 'iframe' })).toBe(403);
    expect(await status('/', { ...opened, origin: 'null' })).toBe(403);
    expect(await status('/', opened, 'POST')).toBe(403);
    for (const target of ['/events', '/api/studies.list', '/download/x', '/assets/x.js'])
      expect(await status(target, opened), target).toBe(403);
    page.remove();
    expect(() => statSync(path)).toThrow();
    await host.close();
  });
});
