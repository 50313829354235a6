/** `npm test`: every check in turn, and one closing line that says how many passed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireNodeApi } from '../electron/hosts/node-guard.mjs';

requireNodeApi();
const folder = mkdtempSync(join(tmpdir(), 'touchstone-run-'));
const report = join(folder, 'vitest.json');
const bin = (name) => join('node_modules', '.bin', name);
const checks = [
  ['format and lint', bin('biome'), ['ci', '.']],
  ['types', process.execPath, ['test/types.mjs']],
  [
    'import directions',
    bin('depcruise'),
    ['--config', 'test/lint/imports.cjs', 'shared', 'electron', 'renderer', 'test'],
  ],
  ['dead code', bin('knip'), ['--config', 'test/lint/knip.json']],
  [
    'tests',
    bin('vitest'),
    [
      'run',
      '--config',
      'test/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
  ],
];
let passed = 0;
let failed = 0;
for (const [name, command, args] of checks) {
  console.log(`\n== ${name}`);
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) console.error(error.message);
  if (status === 0) passed++;
  else failed++;
  if (name === 'tests') {
    try {
      const result = JSON.parse(readFileSync(report, 'utf8'));
      passed += result.numPassedTests;
      failed += result.numFailedTests;
    } catch {
      console.error('The test runner left no report.');
      failed++;
    }
  }
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
