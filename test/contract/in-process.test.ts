import { join } from 'node:path';
import { createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { contractSuite } from './contract-suite.ts';

contractSuite('in-process calls', async () => {
  const storePath = join(temporaryFolder(), 'store.sqlite');
  const app = await createApp({ clock: systemClock, entropy: systemEntropy, host: 'in_process', storePath });
  return { app, transport: app, close: () => app.close() };
});
