import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { folderInMemory } from './support/folder-in-memory.ts';
import { PATIENCE_MS, PATIENCE_OF_A_TEST_MS } from './support/patience.ts';

/**
 * The layers, by folder. `unit` has no browser and no process, `unit/page` has a window beside it; `e2e` has a browser; `long` is what
 * a newcomer need not wait for. All other folders are named for a feature and hold its integration tests.
 */
const TESTS = '*.test.{ts,tsx}';
const PAGE = `unit/page/**/${TESTS}`;
const UNIT = `unit/**/${TESTS}`;
const END_TO_END = `e2e/**/${TESTS}`;
const LONG = `long/**/${TESTS}`;

/** In place of what a newcomer runs: what is too long for that, and in full whatever else counts its tries. */
const RUNS_LONG = process.env.TOUCHSTONE_TESTS === 'long';

const RECORDS: ReadonlySet<string> = new Set([RUNS_LONG ? 'long' : 'integration']);

/** One more than there are cores: tests wait for pages and for other processes. Each may hold two gigabytes with its browser. */
const WORKERS = Math.max(2, Math.min(availableParallelism() + 1, Math.floor(totalmem() / 2 ** 31)));

/** For the files of tests, where their machine has it. */
const MEMORY = folderInMemory();

const inSupport = (file: string) => join(import.meta.dirname, 'support', file);

/** All layers of a run begin once what these open is built. */
const BROWSES: ReadonlySet<string> = new Set(['e2e', 'long']);

/** They put another module in place of one that the files before may have loaded already, so they share none with others. */
const MOCKING = filesWith('vi.mock(');

const layer = (name: string, include: string[], exclude: string[] = []): TestProjectInlineConfiguration => ({
  extends: true,
  test: {
    name,
    include,
    exclude: [...exclude, ...MOCKING],
    isolate: false,
    globalSetup: [
      // It records what all layers of a run ask the store for, so one layer of each run has it.
      ...(RECORDS.has(name) ? [inSupport('every-statement.ts')] : []),
      ...(BROWSES.has(name) ? [inSupport('prepare.ts')] : []),
    ],
  },
});

const mocking: TestProjectInlineConfiguration = {
  extends: true,
  test: { name: 'mocking', include: MOCKING, isolate: true },
};

const page: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'page',
    include: [PAGE],
    environment: inSupport('page-environment.ts'),
    setupFiles: [inSupport('open-page.ts')],
  },
};

/** Test files that hold a text. */
function filesWith(text: string): string[] {
  return readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.test\.tsx?$/u.test(path) && !path.includes('node_modules'))
    .filter((path) => readFileSync(join(import.meta.dirname, path), 'utf8').includes(text))
    .map((path) => path.replaceAll('\\', '/'));
}

export default defineConfig({
  test: {
    root: import.meta.dirname,
    maxWorkers: WORKERS,
    // Every reply is held against its schema, in processes that tests start as well.
    env: { TOUCHSTONE_CHECK_REPLIES: '1', ...(MEMORY === undefined ? {} : { TMPDIR: MEMORY }) },
    unstubEnvs: true,
    projects: RUNS_LONG
      ? [layer('long', [LONG, ...filesWith("support/tries.ts'")]), mocking]
      : [
          page,
          layer('unit', [UNIT], [PAGE]),
          layer('integration', [`**/${TESTS}`], [UNIT, END_TO_END, LONG]),
          mocking,
          layer('e2e', [END_TO_END]),
          layer('long', [LONG]),
        ],
    pool: 'forks',
    testTimeout: PATIENCE_OF_A_TEST_MS,
    hookTimeout: PATIENCE_OF_A_TEST_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
  },
});
