import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { withSignedParameters } from '../../electron/core/store/engine/connection.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('a sign stands before each parameter, and before no question mark of a text', () => {
  expect(withSignedParameters("SELECT a, 'why?' FROM t WHERE b = ? AND c IN (?, ?) AND d = 'it''s ?'")).toBe(
    "SELECT a, 'why?' FROM t WHERE b = +? AND c IN (+?, +?) AND d = 'it''s ?'",
  );
});

it('the sign changes no value, of whatever kind', async () => {
  const store = await openStore(join(temporaryFolder(), 'store.sqlite'), systemClock);
  const values = ['-12', '1e3', '', 'text', -7, 0.5, Buffer.from([0, 255]), null, 9_007_199_254_740_991];
  for (const value of values) expect(store.rawQuery<[unknown]>('SELECT ?').get(value)).toEqual([value]);
  store.close();
});
