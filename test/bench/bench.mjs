#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { requireNodeApi } from '../../electron/hosts/node-guard.mjs';

requireNodeApi();
const given = process.argv.slice(2);
const pairs = given.includes('--quick') ? [] : ['--pairs', '200000'];
const targets = [];
// Each by itself, so that none is measured with what the one before it left in memory.
for (const [file, options] of [
  ['bench.ts', given],
  ['records.ts', pairs],
  ['reports.ts', given],
  ['pack.ts', [...given, ...pairs]],
]) {
  console.log(`\n${file}`);
  const { lines, code } = await run(join(import.meta.dirname, file), options);
  targets.push(
    `\n${file}${code === 0 ? '' : ` ended with ${code}: what follows is not all`}`,
    ...targetsIn(lines),
  );
}
console.log(`\n\nAll targets`);
for (const line of targets) console.log(line);

/** Runs a bench, and shows what it prints as it comes. */
async function run(path, options) {
  const child = spawn(process.execPath, [path, ...options], { stdio: ['inherit', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const lines = [];
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    lines.push(line);
  }
  return { lines, code: await ended };
}

/** The lines that hold a target, each under the line that says what they are about. */
function targetsIn(lines) {
  const found = [];
  let about = null;
  for (const line of lines) {
    if (!line.includes(' target ≤ ')) {
      if (line.trim() !== '') about = line;
      continue;
    }
    if (about !== null) found.push(about);
    about = null;
    found.push(`  ${line.trim()}`);
  }
  return found;
}
