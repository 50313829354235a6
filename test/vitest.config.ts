import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { PATIENCE_MS, PATIENCE_OF_A_TEST_MS } from './support/patience.ts';

const TESTS = '*.test.{ts,tsx}';
const PAGE = `unit/page/**/${TESTS}`;

export default defineConfig({
  test: {
    root: import.meta.dirname,
    maxWorkers: 2,
    // Every reply is held against its schema, in processes that tests start as well.
    env: { TOUCHSTONE_CHECK_REPLIES: '1' },
    projects: [
      {
        extends: true,
        test: {
          name: 'page',
          include: [PAGE],
          environment: join(import.meta.dirname, 'support/page-environment.ts'),
          setupFiles: [join(import.meta.dirname, 'support/open-page.ts')],
        },
      },
      {
        extends: true,
        test: {
          name: 'other',
          include: [`**/${TESTS}`],
          exclude: [PAGE],
          globalSetup: [join(import.meta.dirname, 'support/every-statement.ts')],
        },
      },
    ],
    pool: 'forks',
    testTimeout: PATIENCE_OF_A_TEST_MS,
    hookTimeout: PATIENCE_OF_A_TEST_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
  },
});
