/** Type-checks every room with its own settings: what a room may use is part of what it is. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Those that take longest first. */
const waiting = ['test', 'renderer', 'electron', 'shared', 'electron/preload'];

/** Whether a room's types fit. One thread a room: several of them would each work out what all of them need. */
function check(room) {
  const args = ['node_modules/typescript/bin/tsc', '-p', room, '--singleThreaded'];
  return new Promise((resolve) => {
    const compiler = spawn(process.execPath, args, { stdio: 'inherit' });
    compiler.on('close', (status) => resolve(status === 0));
  });
}

let failed = 0;
async function checkWaiting() {
  for (let room = waiting.shift(); room !== undefined; room = waiting.shift())
    if (!(await check(room))) failed++;
}
await Promise.all(Array.from({ length: Math.min(waiting.length, availableParallelism()) }, checkWaiting));
process.exit(failed === 0 ? 0 : 1);
