/** The statistics engine against R, scikit-learn, scipy, statsmodels and exact arithmetic: every stated value. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { families } from '../oracles/families.ts';
import { readOracleFiles } from '../oracles/oracle-file.ts';
import { runCase } from '../oracles/run-case.ts';

const files = readOracleFiles(join(import.meta.dirname, 'oracles'));

describe('the statistics engine equals the reference programs', () => {
  for (const file of files) {
    it.each(file.cases)(`${file.family}: $id`, (oracle) => {
      const { passed, failures } = runCase(families[file.family], oracle, file.defaultTolerance);
      expect(failures).toEqual([]);
      expect(passed).toBe(Object.keys(oracle.expect).length);
    });
  }

  it('covers 280 cases and 2,999 values', () => {
    const cases = files.flatMap((file) => file.cases);
    expect(cases).toHaveLength(280);
    expect(cases.flatMap(({ expect: wanted }) => Object.keys(wanted))).toHaveLength(2999);
  });
});
