/** Endpoints that ask for a pause, and how it is kept. */
import { describe, expect, it } from 'vitest';
import { EndpointRest } from '../../electron/core/judging/endpoint-rest.ts';
import { busyDelayMs, retryAfterMs, retryDelayMs } from '../../electron/core/judging/retry-delay.ts';
import { chatServerOfEachTest } from '../support/chat-server-of-test.ts';
import { addJudge, judgeStudy, PAIRWISE, runTestJudge } from '../support/judge-study.ts';

const server = chatServerOfEachTest();

describe('a limit of rates', () => {
  it.each([
    ['0', 'Retry-After: 0'],
    [new Date(Date.now() - 30_000).toUTCString(), 'a date that is over'],
    [undefined, 'no header'],
  ])('costs no pair its verdict: %s', async (header, _name) => {
    const place = await judgeStudy(12);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    // Six in a row are refused, as often as a request may fail, whoever asks.
    server.misbehave((_asked, count) =>
      count % 9 >= 7
        ? {
            kind: 'status',
            status: 429,
            ...(header === undefined ? {} : { headers: { 'retry-after': header } }),
          }
        : undefined,
    );
    expect(await runTestJudge(place, judge, { concurrency: 3 })).toMatchObject({
      ending: 'finished',
      read: 24,
      error: 0,
      uncertain: 0,
    });
  });

  it('is met with longer pauses and fewer requests at one time, and given up after a minute', () => {
    const rest = new EndpointRest(8);
    const open = () => {
      let count = 0;
      for (; rest.hasRoom; count++) rest.begin();
      for (let each = 0; each < count; each++) rest.end();
      return count;
    };
    expect(open()).toBe(8);
    let waitedMs = 0;
    for (let pause = 1; pause <= 7; pause++) {
      const nowMs = Date.now();
      expect(rest.leaveAlone(0, performance.now() + pause, 'long')).toBe(true);
      // One that was sent before the pause tells nothing new.
      expect(rest.leaveAlone(null, Number.NEGATIVE_INFINITY, 'long')).toBe(true);
      waitedMs += 500 * 2 ** (pause - 1);
      expect(rest.until - nowMs).toBeGreaterThanOrEqual(500 * 2 ** (pause - 1));
    }
    expect(open()).toBe(1);
    expect(waitedMs).toBeGreaterThan(60_000);
    expect(rest.leaveAlone(0, performance.now() + 100, 'long')).toBe(false);
    for (let answer = 0; answer < 200; answer++) rest.speedUp();
    expect(open()).toBe(8);
    expect(rest.leaveAlone(0, performance.now() + 200, 'long')).toBe(true);
  });

  it('is never shorter than its own pause', () => {
    for (const asked of [null, 0, 10]) {
      expect(retryDelayMs(3, asked, 0)).toBe(1000);
      expect(busyDelayMs(3, asked, 0)).toBe(2000);
    }
    expect(retryDelayMs(1, 10_000, 0)).toBe(10_000);
    expect(busyDelayMs(1, 10_000, 0.99)).toBeGreaterThan(10_000);
  });

  const now = Date.UTC(2026, 0, 2);
  it.each([
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': '3s' }, 3000],
    [{ 'retry-after': '250ms' }, 250],
    [{ 'retry-after-ms': '40', 'retry-after': '9' }, 40],
    [{ 'x-ms-retry-after-ms': '70' }, 70],
    [{ 'retry-after': 'Fri, 02 Jan 2026 00:00:05 GMT' }, 5000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 0],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '' }, null],
    [{}, null],
  ] as [Record<string, string>, number | null][])('%j asks for %s ms', (headers, expected) => {
    expect(retryAfterMs((name) => headers[name] ?? null, now)).toBe(expected);
  });
});
