/** The IPC door behind a stand-in for Electron: arguments and replies pass structured clone, as Electron's do. */
import { join } from 'node:path';
import { type App, createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { APP_URL } from '../../electron/hosts/desktop/app-origin.ts';
import { runDesktop } from '../../electron/hosts/desktop/run-desktop.ts';
import { pageFolder } from '../../electron/hosts/page/page-files.ts';
import type { Transport } from '../../shared/contract/client.ts';
import type { Envelope } from '../../shared/contract/envelope.ts';
import type { AppEvent } from '../../shared/contract/events.ts';
import { electronStandIn, senderFrame } from '../support/electron-stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { contractSuite } from './contract-suite.ts';

contractSuite('Electron IPC (stand-in)', async () => {
  const storePath = join(temporaryFolder(), 'store.sqlite');
  const { electron, record } = electronStandIn();
  let app: App | undefined;
  await runDesktop(electron, {
    preload: 'preload.cjs',
    pageFolder,
    platform: 'linux',
    namedStore: null,
    arguments: [],
    openApp: async () => {
      app = await createApp({ clock: systemClock, entropy: systemEntropy, host: 'desktop', storePath });
      return app;
    },
  });
  const [window] = record.windows;
  if (app === undefined || window === undefined) throw new Error('the desktop host did not start');
  const transport: Transport = {
    call: async (name, input) =>
      structuredClone(
        await record.callHandler?.(senderFrame(APP_URL), name, structuredClone(input)),
      ) as Envelope<unknown>,
    subscribe: (listener) => {
      const original = window.webContents.send.bind(window.webContents);
      window.webContents.send = (_channel, event) => listener(structuredClone(event) as AppEvent);
      return () => {
        window.webContents.send = original;
      };
    },
  };
  const opened = app;
  return {
    app: opened,
    transport,
    close: async () => {
      record.app.emit('will-quit', { preventDefault: () => undefined });
      await opened.close();
    },
  };
});
