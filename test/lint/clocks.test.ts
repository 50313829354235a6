/**
 * No test fails because a machine takes its time: budgets are counts or processor time, and waits end on a condition. So every
 * clock that a test or its help reads, waits for or sets stands here with the reason why it cannot decide how a test ends.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const TESTS = join(import.meta.dirname, '..');

/** Where a clock has a say: the one limit there is, what measures speed, and what fetches other tools. */
const MAY =
  /^(?:support\/patience\.ts|bench\/|simulation\/|interop\/|e2e\/screenshots\.ts|lint\/clocks\.test\.ts)/u;

/** Each kind of clock with what it catches. A time that is given is none: `new Date(0)`, `Date.UTC`. */
const CLOCKS = [
  [
    'the time of day',
    /\bDate\b(?!\.(?:UTC|parse)\b|\((?!\)))|\bTemporal\b/u,
    [
      'while (Date.now() < deadline) look();',
      'const took = Date.now() - from;',
      'const { now } = Date;',
      'const from = new Date().getTime();',
      'const from = +new Date;',
      'expect(rest.until - Date.now());',
      'Temporal.Now.instant()',
    ],
  ],
  [
    'a stopwatch',
    /\bperformance\b|\bperf_hooks\b|\bhrtime\b|\buptime\b|\btimeStamp\b|\bconsole\.time|\bsystemClock\./u,
    [
      'const isOver = () => performance.now() > from + 300;',
      'const took = performance.now() - from;',
      "performance.measure('it').duration",
      "const { now } = globalThis['performance'];",
      'const from = process.hrtime.bigint();',
      'expect(process.uptime()).toBeLessThan(3);',
      'expect(event.timeStamp).toBeLessThan(3);',
      'expect(systemClock.monotonicMs() - from).toBeLessThan(100);',
    ],
  ],
  [
    'a timer',
    /\bset(?:Timeout|Interval)\b|\btimers\b|\bwaitForTimeout\b|\bAtomics\.wait|\b(?:sleep|delay|pause\w*)\(/u,
    [
      'await Promise.race([work, new Promise((_done, fail) => setTimeout(fail, 5000))]);',
      "import { scheduler } from 'node:timers/promises';",
      'await page.waitForTimeout(300);',
      'Atomics.wait(cell, 0, 0, 300);',
      'await sleep(300);',
      'await delay(300);',
      'await pauseInPage(page, 300);',
      'for (let look = 0; look < 40; look++) await scheduler.wait(30, setInterval);',
    ],
  ],
  [
    'a limit',
    /timeout|\bsignal: AbortSignal|\bretry:\s*\d/iu,
    [
      "it('is', { timeout: 60_000 }, work);",
      "it('is', { timeout: LIMIT_MS }, work);",
      'page.setDefaultTimeout(15_000);',
      'vi.setConfig({ testTimeout: 5000 });',
      'socket.setTimeout(1000);',
      'fetch(url, { signal: AbortSignal.timeout(5000) });',
      'await runTestJudge(place, judge, { timeoutMs: 2000 });',
      "store.setPragma('busy_timeout = 100');",
    ],
  ],
] as const;

/** Limits that have no name: they stand behind a test, and a wait of vitest is over after a second unless it is told otherwise. */
const NAMELESS = [
  [
    'a limit after a test',
    /^[ \t]*\},\s*(?:[\d_]{4,}|[\d_]+ \* [\d_ *]+|(?!PATIENCE)\w+_MS),?\s*\);?$/mu,
    "it('is', () => {\n  work();\n}, 60_000);",
  ],
  [
    'a limit on a line of its own',
    /^[ \t]*\},\n[ \t]*(?:[\d_]+|[A-Z_]*(?<!PATIENCE|PATIENCE_OF_A_TEST)_MS),\n[ \t]*\);?$/mu,
    'it(\n  name,\n  () => {\n    work();\n  },\n  60_000,\n);',
  ],
  [
    'a wait of a second',
    /\bvi\.wait(?:For|Until)\((?![\s\S]{0,200}PATIENCE_MS)/u,
    'await vi.waitFor(isThere);',
  ],
] as const;

/** Lines with a clock, by what they hold, that decide nothing. */
const NAMED: Readonly<Record<string, readonly (readonly [line: string, why: string])[]>> = {
  'blinding/every-method.test.ts': [['sleep', 'between two looks at a job']],
  'contract/stopping.test.ts': [['setInterval', 'looks until the call has ended']],
  'crash/judge-run-kills.test.ts': [['setInterval', 'looks until the child has ended']],
  'crash/voting-child.ts': [['setInterval', 'keeps the child there until it is killed']],
  'desktop/electron.test.ts': [['waitForTimeout(500)', 'for what must never come']],
  'e2e/html-pack.test.ts': [['nowMs: Date.now()', 'a date in a file']],
  'e2e/rater-hands.test.ts': [
    ['pauseInPage', 'as long as a pair must have been seen, by the clock of the page'],
    ['waitForTimeout(40)', 'as an operating system repeats a key'],
  ],
  'e2e/shown-text.test.ts': [
    ['waitForTimeout', 'what the page does meanwhile is measured, in processor time'],
  ],
  'judges/judge-commands.test.ts': [["'--timeout'", 'refused before it begins']],
  'judges/rate-limits.test.ts': [
    ['Date.now()', 'a date that is over'],
    ['performance.now() +', 'requests that were sent later than those before'],
  ],
  'judges/run-judge.test.ts': [
    ['timeoutMs: 1000', 'what it is about: given up, and asked again'],
    ['times.push', 'a pause is held to be long, never short'],
    ['timeoutMs: 500', 'nobody answers'],
  ],
  'packs/long-work.test.ts': [['setInterval', 'writes until the backup has ended']],
  'support/batch-server.ts': [['setTimeout', 'breaks off a body that has begun']],
  'support/chat-server.ts': [
    ['options.latencyMs', 'an answer that takes its time'],
    ['response.destroy()', 'breaks off a body that has begun'],
    ['setInterval', 'a body that does not end'],
    ['setTimeout(() => {', 'a body that ends late'],
  ],
  'support/packs.ts': [['Date.now()', 'a date in a file']],
  'support/rater-page.ts': [
    ['pauseInPage', 'as long as a pair must have been seen, by the clock of the page'],
    ['setTimeout(resolve, waitMs)', 'the same'],
    ['waitForTimeout(30)', 'between two looks'],
  ],
  'unit/page/rating.test.ts': [['pressedAt: performance.now()', 'when a key was pressed']],
};

/** Nothing else is a clock here: the one limit, timers that a test turns itself, and a turn of the loop, which takes no time. */
const IS_NONE =
  /\bPATIENCE|\buseFakeTimers\(|^import \{ setImmediate as \w+ \} from 'node:timers\/promises'/u;

const isComment = (line: string) => /^\s*(?:\/\/|\/?\*)/u.test(line);

/** The lines of a text that hold a clock. */
function clocksIn(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !isComment(line) && !IS_NONE.test(line))
    .filter((line) => CLOCKS.some(([, pattern]) => pattern.test(line)));
}

const limitsIn = (text: string) => NAMELESS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);

describe('a clock', () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:ts|tsx|mjs)$/u.test(path) && !MAY.test(path) && !path.includes('node_modules/'));
  const textOf = (path: string) => readFileSync(join(TESTS, path), 'utf8');

  it('stands in no test, nor in what helps it, unless it is named', () => {
    expect(files.length).toBeGreaterThan(200);
    const found = files.flatMap((path) => {
      const named = NAMED[path] ?? [];
      const unnamed = clocksIn(textOf(path)).filter((line) => !named.some(([part]) => line.includes(part)));
      return [...unnamed.map((line) => line.trim()), ...limitsIn(textOf(path))].map(
        (what) => `${path}: ${what}`,
      );
    });
    expect(found).toEqual([]);
  });

  it.each(Object.entries(NAMED))('that is named stands there: %s', (path, lines) => {
    const clocks = clocksIn(textOf(path));
    for (const [part] of lines)
      expect(
        clocks.filter((line) => line.includes(part)),
        part,
      ).not.toEqual([]);
  });

  it.each(CLOCKS)('is found: %s', (_kind, pattern, examples) => {
    for (const example of examples) {
      expect(clocksIn(example), example).not.toEqual([]);
      expect(pattern.test(example), example).toBe(true);
    }
  });

  it.each(NAMELESS)('is found: %s', (name, _pattern, example) => {
    expect(limitsIn(example)).toContain(name);
  });

  it('is none where a time is given, or turned by the test itself', () => {
    for (const line of [
      'const at = new Date(0).toISOString();',
      'const at = Date.UTC(2026, 0, 1);',
      "vi.useFakeTimers({ toFake: ['setTimeout'] });",
      'page.setDefaultTimeout(PATIENCE_MS);',
      '// A timeout is told.',
    ])
      expect(clocksIn(line), line).toEqual([]);
  });
});
