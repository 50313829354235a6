/** Type-checks every room with its own settings: what a room may use is part of what it is. */
import { spawnSync } from 'node:child_process';

const rooms = ['shared', 'electron', 'electron/preload', 'renderer', 'test'];
let failed = 0;
for (const room of rooms) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', room], {
    stdio: 'inherit',
  });
  if (status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
