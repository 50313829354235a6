/** The oracle runner must be able to fail. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Runs `npm run oracles` on one case of the two-rater family with the given expectations. */
function run(expected: Record<string, object>, family = 'kappa2') {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-oracles-'));
  folders.push(folder);
  const file = {
    format: 'touchstone-oracle/1',
    set: 'another',
    family,
    defaultTolerance: { rtol: 1e-9, atol: 1e-12 },
    cases: [
      {
        id: 'any/name',
        input: {
          categories: ['a', 'b'],
          table: [
            [20, 5],
            [10, 15],
          ],
        },
        expect: expected,
      },
    ],
  };
  writeFileSync(join(folder, 'file.json'), JSON.stringify(file));
  return runOn(folder);
}

function runOn(folder: string) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['test/oracles/oracles.ts', folder], {
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

describe('the oracle runner', () => {
  it('passes what is right, to the tolerance', () => {
    const { stdout, status } = run({ kappa: { value: 0.4 }, n: { value: 50 }, pabak: { value: 0.4 } });
    expect(stdout).toBe('3 passed, 0 failed\n');
    expect(status).toBe(0);
  });

  it('fails what is a little wrong, naming file, case, field, values and tolerance', () => {
    const { stdout, status } = run({ kappa: { value: 0.4000001 }, n: { value: 50 } });
    expect(stdout).toContain('FAILED file.json any/name kappa: expected 0.4000001, got ');
    expect(stdout).toContain('(rtol 1e-9, atol 1e-12)');
    expect(stdout).toContain('1 passed, 1 failed');
    expect(status).toBe(1);
  });

  it('fails a field the engine does not compute, and a family it does not know', () => {
    expect(run({ kappaOfTomorrow: { value: 1 } })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('got not computed'),
    });
    expect(run({ kappa: { value: 0.4 } }, 'unheard-of')).toMatchObject({ status: 1 });
  });

  it('wants “undefined” where there is no answer, and only there', () => {
    expect(run({ kappa: { value: null, undefined: 'no reason at all' } }).status).toBe(1);
    const { status, stdout } = run({ mcc: { value: 'NaN' } });
    expect(stdout).toContain('0 passed, 1 failed');
    expect(status).toBe(1);
  });

  it('fails a trap that is fallen into', () => {
    expect(
      run({ kappaLinear: { value: 0.9 }, trap_kappaLinearOnSortedObservedLabels: { value: 0.4 } }).stdout,
    ).toContain('expected anything but 0.4');
    expect(run({ kappa: { value: 0.4 }, trap_somethingElse: { value: 0.7 } }).status).toBe(0);
    expect(run({ kappa: { value: 0.7 }, trap_somethingElse: { value: 0.4 } }).stdout).toContain(
      '0 passed, 2 failed',
    );
  });

  it('widens a tolerance by the disagreement of the references, and no further', () => {
    expect(run({ kappa: { value: 0.400000003, by: ['tool:a'], spread: 1e-8 } }).status).toBe(0);
    expect(run({ kappa: { value: 0.4001, by: ['tool:a'], spread: 0.01 } }).status).toBe(1);
  });

  it('names a file that does not fit the format, and says so of an empty directory', () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-oracles-'));
    folders.push(folder);
    expect(runOn(folder)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('holds no .json file'),
    });
    writeFileSync(join(folder, 'odd.json'), '{"format":"another/1"}');
    expect(runOn(folder)).toMatchObject({ status: 2, stderr: expect.stringContaining('odd.json') });
  });
});
