/** Endpoints that are not reached, and proxies on the way. */
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { chatServerOfEachTest } from '../support/chat-server-of-test.ts';
import { addJudge, judgeStudy, PAIRWISE, runTestJudge } from '../support/judge-study.ts';
import { SELF_SIGNED } from '../support/self-signed.ts';

const server = chatServerOfEachTest();

describe('an endpoint that is not reached', () => {
  it('is named with what mends it, and makes no error of a pair', async () => {
    const place = await judgeStudy(3);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    await server.close();
    const result = await runTestJudge(place, judge);
    expect(result).toMatchObject({ ending: 'failed', done: 0, uncertain: 0 });
    expect(result.message).toMatch(/^Nothing answers at http:\/\/127\.0\.0\.1:\d+ .* start the server/u);
  });

  it('by a name that nobody knows is named', async () => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: 'https://no-such-host.invalid/v1' });
    const { message } = await runTestJudge(place, judge);
    expect(message).toMatch(/no-such-host\.invalid .*DNS/u);
  });

  it('for its certificate says which variable trusts it, after one try', async () => {
    let connections = 0;
    const tls = createTlsServer(SELF_SIGNED, (_request, response) => response.end('{}'));
    tls.on('connection', () => connections++);
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    const { port } = tls.address() as AddressInfo;
    const place = await judgeStudy(5);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: `https://127.0.0.1:${port}/v1` });
    const result = await runTestJudge(place, judge, { concurrency: 1 });
    expect(result).toMatchObject({ ending: 'failed', done: 0, uncertain: 0 });
    expect(result.message).toMatch(/not trusted: it is signed by itself.*NODE_EXTRA_CA_CERTS/u);
    expect(connections).toBe(1);
    const plain = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint.replace('http:', 'https:') });
    expect((await runTestJudge(place, plain)).message).toMatch(/does not speak TLS.*http:\/\//u);
    tls.close();
    tls.closeAllConnections();
  });
});

describe('a proxy', () => {
  it('of the environment carries what goes out over TLS, sees no text, and nothing of one’s own network', async () => {
    const connects: string[] = [];
    const tls = createTlsServer(SELF_SIGNED, (_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    const { port } = tls.address() as AddressInfo;
    const proxy = createServer((_request, response) => response.writeHead(500).end());
    proxy.on('connect', (request, socket) => {
      connects.push(request.url ?? '');
      const through = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        through.pipe(socket).pipe(through);
      });
      for (const each of [through, socket]) each.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'http_proxy', 'https_proxy']) vi.stubEnv(name, address);
    const place = await judgeStudy(2);
    const outside = addJudge(place, { ...PAIRWISE, endpoint: 'https://judge.example.com/v1' });
    expect((await runTestJudge(place, outside)).message).toMatch(/not trusted/u);
    expect(connects[0]).toBe('judge.example.com:443');
    vi.stubEnv('NO_PROXY', 'judge.example.com');
    vi.stubEnv('no_proxy', 'judge.example.com');
    const seen = connects.length;
    await runTestJudge(place, outside);
    const inside = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    expect(await runTestJudge(place, inside)).toMatchObject({ read: 4 });
    expect(connects).toHaveLength(seen);
    for (const each of [tls, proxy]) {
      each.close();
      each.closeAllConnections();
    }
  });
});
