/**
 * `npm test`: every check and all that a newcomer runs; `npm run test:long`: the tests that take longer, and in full what counts its
 * tries. One closing line says how many passed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireNodeApi } from '../electron/hosts/node-guard.mjs';

requireNodeApi();
const isLong = process.argv[2] === 'long';
const folder = mkdtempSync(join(tmpdir(), 'touchstone-run-'));
const report = join(folder, 'vitest.json');
const bin = (name) => join('node_modules', '.bin', name);
const checks = [
  ['types', process.execPath, ['test/types.mjs']],
  ['pages', process.execPath, ['test/pages.mjs']],
  [
    'import directions',
    bin('depcruise'),
    ['--config', 'test/lint/imports.cjs', 'shared', 'electron', 'renderer', 'test'],
  ],
  ['format and lint', bin('biome'), ['ci', '.']],
  ['dead code', bin('knip'), ['--config', 'test/lint/knip.json']],
];
const tests = [
  'tests',
  bin('vitest'),
  [
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...(isLong ? [] : ['--project=!long']),
  ],
];
const environment = {
  ...process.env,
  // Processes and threads that tests start take each other's compiled modules.
  NODE_COMPILE_CACHE: join(folder, 'compiled'),
  ...(isLong ? { TOUCHSTONE_TESTS: 'long' } : {}),
};

/** Runs a check to its end; its output comes as it is written, or together once it is over. Whether it passed. */
function run([name, command, args], stdio) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', stdio, stdio],
      shell: process.platform === 'win32',
      env: environment,
    });
    const output = [];
    child.stdout?.on('data', (part) => output.push(part));
    child.stderr?.on('data', (part) => output.push(part));
    if (stdio === 'inherit') console.log(`\n== ${name}`);
    const end = (status, complaint = '') => {
      if (stdio !== 'inherit') console.log(`\n== ${name}\n${Buffer.concat(output)}${complaint}`);
      resolve(status === 0);
    };
    child.on('error', (error) => end(1, error.message));
    child.on('close', (status) => end(status));
  });
}

let passed = 0;
let failed = 0;
const count = (isPassed) => (isPassed ? passed++ : failed++);
if (!isLong) {
  const waiting = [...checks];
  const runWaiting = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
      count(await run(check, 'pipe'));
  };
  await Promise.all([runWaiting(), runWaiting()]);
}
count(await run(tests, 'inherit'));
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
} catch {
  console.error('The test runner left no report.');
  failed++;
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
