/** No test fails because a machine takes its time: budgets are counts or processor time, and waits end on a condition. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const TESTS = join(import.meta.dirname, '..');

/** Where a clock has a say: the one limit there is, what measures speed, and what fetches other tools. */
const MAY =
  /^(?:support\/patience\.ts|bench\/|simulation\/|interop\/|e2e\/screenshots\.ts|lint\/clocks\.test\.ts)/u;

/** Each with what it catches. */
const LIMITS = [
  ['a limit of a wait or a test', /\btimeout\s*:\s*\d/iu, "it('is', { timeout: 60_000 }, work);"],
  ['a limit of every wait', /\bsetDefault(?:Navigation)?Timeout\(\s*\d/u, 'page.setDefaultTimeout(15_000);'],
  ['a limit after a test', /^[ \t]*\},\s*[\d_]{4,},?\s*\);?$/mu, "it('is', () => {\n  work();\n}, 60_000);"],
  [
    'a limit on a line of its own',
    /^[ \t]*\},\n[ \t]*[\d_]+,\n[ \t]*\);?$/mu,
    'it(\n  name,\n  () => {\n    work();\n  },\n  60_000,\n);',
  ],
  [
    'a wait that ends by the clock',
    /\b(?:while|for|if) \([^\n]*\b(?:performance|Date)\.now\(\)/u,
    'while (performance.now() < deadline) look();',
  ],
  [
    'a condition that is met by the clock',
    /\b(?:performance|Date)\.now\(\)\s*[<>]|[<>]=?\s*(?:performance|Date)\.now\(\)/u,
    'const isOver = () => performance.now() > from + 300;',
  ],
  [
    'a time that is held to be short',
    /\b(?:performance|Date)\.now\(\)[^\n]*\.toBeLess/u,
    'expect(performance.now() - from).toBeLessThan(100);',
  ],
  ['a time that is left', /\.until - Date\.now\(\)|- Date\.now\(\)\)/u, 'expect(rest.until - Date.now());'],
  [
    'a wait of a second',
    /\bvi\.wait(?:For|Until)\((?![\s\S]{0,200}PATIENCE_MS)/u,
    'await vi.waitFor(isThere);',
  ],
  ['a signal', /\bAbortSignal\.timeout\(/u, 'fetch(url, { signal: AbortSignal.timeout(5000) });'],
  ['a stopwatch', /\bhrtime\b/u, 'const from = process.hrtime.bigint();'],
] as const;

const found = (text: string) => LIMITS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);

describe('a limit in time', () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:ts|tsx|mjs)$/u.test(path) && !MAY.test(path) && !path.includes('node_modules/'));

  it('stands in no test, nor in what helps it', () => {
    expect(files.length).toBeGreaterThan(200);
    const broken = files.flatMap((path) =>
      found(readFileSync(join(TESTS, path), 'utf8')).map((name) => `${path}: ${name}`),
    );
    expect(broken).toEqual([]);
  });

  it.each(LIMITS)('is found: %s', (name, _pattern, example) => {
    expect(found(example)).toContain(name);
  });
});
