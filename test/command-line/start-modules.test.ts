/** A start waits for what it loads: nothing that only a worker computes with belongs there. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { productFolder } from '../../electron/core/ports/product.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('loads neither distributions nor a tokenizer to start', () => {
  const { stdout, status } = spawnSync(
    process.execPath,
    [
      '--import',
      pathToFileURL(join(productFolder, 'test/support/loaded-modules.ts')).href,
      join(productFolder, 'electron/hosts/cli/touchstone.mjs'),
      ...['study', 'sample', '--store', join(temporaryFolder(), 'store.sqlite')],
    ],
    { encoding: 'utf8' },
  );
  const loaded = stdout.split('\n').filter((line) => line.startsWith('file:'));
  const own = loaded.filter((url) => !url.includes('/node_modules/'));
  expect(status).toBe(0);
  expect(own.some((url) => url.endsWith('/electron/core/store/engine/database.ts'))).toBe(true);
  expect(own.filter((url) => url.includes('/shared/stats/distribution/'))).toEqual([]);
  expect(loaded.filter((url) => /\/node_modules\/(@stdlib|gpt-tokenizer)\//u.test(url))).toEqual([]);
});
