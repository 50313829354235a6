/** Each threat of the loopback host by name, with the raw HTTP client. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { launchToken, rawRequest } from '../support/raw-http.ts';

let fixture: HttpFixture;
let port: number;
let token: string;

beforeAll(async () => {
  fixture = await startHttpFixture({ withPage: true });
  port = fixture.host.port;
  token = await launchToken(port, fixture.host.launchUrl());
});
afterAll(() => fixture.close());

const json = { 'content-type': 'application/json' };
const mine = () => ({ ...json, authorization: `Bearer ${token}` });
const call = (headers: Record<string, string>, path = '/api/studies.list', method = 'POST') =>
  rawRequest({ port, path, method, headers, ...(method === 'POST' ? { body: '{}' } : {}) });

describe('L1: it listens on loopback only', () => {
  it('refuses the machine’s other addresses', async () => {
    const addresses = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address !== undefined && !address.internal && address.family === 'IPv4')
      .map((address) => address?.address ?? '');
    for (const address of addresses) {
      await expect(
        new Promise((resolve, reject) =>
          connect({ host: address, port }, () => resolve('open')).on('error', reject),
        ),
      ).rejects.toThrow();
    }
    expect(fixture.host.origin).toBe(`http://127.0.0.1:${port}`);
  });
});

describe('L2: DNS rebinding', () => {
  it.each(['GET', 'POST', 'PUT', 'OPTIONS', 'HEAD', 'DELETE'])(
    '%s with a foreign Host is refused on every path',
    async (method) => {
      for (const path of [
        '/',
        '/assets/x.js',
        '/api/studies.list',
        '/launch',
        '/events',
        '/upload',
        '/nowhere',
      ]) {
        for (const host of [
          'evil.example',
          `evil.example:${port}`,
          `127.0.0.1.evil.example:${port}`,
          '127.0.0.1',
          `127.0.0.1:${port + 1}`,
          `[::1]:${port}`,
        ]) {
          const reply = await rawRequest({ port, method, path, headers: { ...mine(), host } });
          expect(reply.status, `${method} ${path} ${host}`).toBe(421);
          expect(reply.headers['access-control-allow-origin']).toBeUndefined();
        }
      }
    },
  );

  it('a doubled Host or an absolute target is refused', async () => {
    const send = (text: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        let reply = '';
        socket.on('data', (chunk) => {
          reply += chunk.toString();
        });
        socket.on('close', () => resolve(reply));
        socket.on('error', reject);
      });
    const doubled = await send(
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    expect(doubled).toMatch(/^HTTP\/1\.1 4(00|21)/u);
    const absolute = await send(
      `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
    );
    expect(absolute).toMatch(/^HTTP\/1\.1 400/u);
    const noHost = await send('GET / HTTP/1.0\r\n\r\n');
    expect(noHost).toMatch(/^HTTP\/1\.1 4(00|21)/u);
  });
});

describe('L3: other sites', () => {
  it.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the null Origin', { origin: 'null' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site fetch from another port', { 'sec-fetch-site': 'same-site' }],
  ])('%s is refused even with the token', async (_name, headers) => {
    const reply = await call({ ...mine(), ...(headers as unknown as Record<string, string>) });
    expect(reply.status).toBe(403);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('our own origin is served, under both names', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const reply = await call({
        ...mine(),
        host: `${host}:${port}`,
        origin: `http://${host}:${port}`,
        'sec-fetch-site': 'same-origin',
      });
      expect(reply.status).toBe(200);
    }
  });

  it('a form post is no call', async () => {
    const reply = await call({ authorization: `Bearer ${token}`, 'content-type': 'text/plain' });
    expect(reply.status).toBe(400);
    expect((await call(mine(), '/api/studies.list', 'GET')).status).toBe(404);
  });
});

describe('L4 and L5: the token', () => {
  it.each(['', 'Bearer ', 'Bearer 0000', 'Basic eDp5'])('%j opens nothing', async (authorization) => {
    for (const [path, method] of [
      ['/api/studies.list', 'POST'],
      ['/api/doctor.report', 'POST'],
      ['/events', 'GET'],
      ['/upload', 'POST'],
      ['/download/x', 'GET'],
    ] as const) {
      const reply = await call({ ...json, ...(authorization === '' ? {} : { authorization }) }, path, method);
      expect(reply.status, path).toBe(401);
      expect(JSON.parse(reply.body)).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
    }
  });

  it('a launch code works once, and a wrong one never', async () => {
    const url = fixture.host.launchUrl();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#launch=[0-9a-f]{32}$/u);
    const body = JSON.stringify({ code: url.split('=')[1] });
    const exchange = (text: string) =>
      rawRequest({ port, method: 'POST', path: '/launch', headers: json, body: text });
    expect((await exchange(body)).status).toBe(200);
    expect((await exchange(body)).status).toBe(401);
    for (const bad of ['{}', '{"code": ""}', '{"code": null}', 'x', '{"code": "__proto__"}']) {
      expect((await exchange(bad)).status).toBe(401);
    }
  });

  it('is long and new at every start', async () => {
    const other = await startHttpFixture();
    const otherToken = await launchToken(other.host.port, other.host.launchUrl());
    await other.close();
    expect(token).toMatch(/^[0-9a-f]{64}$/u);
    expect(otherToken).not.toBe(token);
  });

  it('stands in no file of the page', async () => {
    const page = await rawRequest({ port });
    expect(page.status).toBe(200);
    expect(page.body).not.toContain(token);
    expect(page.headers['set-cookie']).toBeUndefined();
  });
});

describe('L6: limits and headers', () => {
  it('the page carries the policy and its companions', async () => {
    const { headers } = await rawRequest({ port });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/u);
    for (const directive of ['object-src', 'base-uri', 'form-action', 'frame-ancestors']) {
      expect(policy).toContain(`${directive} 'none'`);
    }
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('the page holds no inline script or style', async () => {
    const { body } = await rawRequest({ port });
    expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|style=/u);
  });

  it('answers of the store are never cached', async () => {
    const reply = await call(mine());
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it('a call over 8 MiB is refused', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(9 * 1024 * 1024) });
    const reply = await rawRequest({
      port,
      method: 'POST',
      path: '/api/studies.create',
      headers: { ...mine(), 'content-length': String(body.length) },
      body,
    }).catch((error: NodeJS.ErrnoException) => error.code);
    expect(typeof reply === 'object' ? reply.status : reply).toSatisfy(
      (got: unknown) => got === 413 || got === 'EPIPE' || got === 'ECONNRESET',
    );
  });

  it('headers over 16 KiB are refused', async () => {
    const reply = await call({ ...mine(), 'x-long': 'x'.repeat(20 * 1024) });
    expect(reply.status).toBe(431);
  });

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%00',
    '/assets%5c..%5cx',
    '/%',
    '//etc/passwd',
  ])('the path %s leaves the page’s folder for nothing', async (path) => {
    const reply = await rawRequest({ port, path });
    expect(reply.body).not.toContain('"dependencies"');
    expect([400, 404]).toContain(reply.status);
  });
});

describe('uploads', () => {
  it('keep only the file’s name and land in a private folder', async () => {
    const reply = await rawRequest({
      port,
      method: 'POST',
      path: '/upload',
      headers: {
        ...mine(),
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent('../../../tmp/evil.jsonl'),
      },
      body: 'x',
    });
    const { value } = JSON.parse(reply.body) as { value: { uploadId: string; name: string; bytes: number } };
    expect(value).toMatchObject({ name: 'evil.jsonl', bytes: 1 });
    const file = fixture.app.context.files.file(value.uploadId);
    expect(file.path).toMatch(/touchstone-uploads-[^/\\]+[/\\][0-9a-f]{32}$/u);
    expect(readFileSync(file.path, 'utf8')).toBe('x');
  });

  it.each(['', '..', '%'])('with the name %j are refused', async (name) => {
    const reply = await rawRequest({
      port,
      method: 'POST',
      path: '/upload',
      headers: { ...mine(), 'x-file-name': name },
      body: 'x',
    });
    expect(JSON.parse(reply.body)).toMatchObject({ ok: false });
  });
});
