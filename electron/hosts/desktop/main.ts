/** What Electron starts: the real electron, handed to the host. The only importer of 'electron' by value. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, safeStorage, session, shell } from 'electron';
import { createApp } from '../../core/app.ts';
import { productFolder } from '../../core/ports/product.ts';
import { systemClock, systemEntropy } from '../../core/ports/system-ports.ts';
import { DESKTOP_READY } from '../desktop-ready.ts';
import { KeyFile } from '../key-file.ts';
import { requireNodeApi } from '../node-guard.mjs';
import { pageFolder } from '../page/page-files.ts';
import { chosenStorePath, keyFilePath, usualStorePath, vendorStoreBeside } from '../store-path.ts';
import { desktopDialogs } from './desktop-dialogs.ts';
import { runDesktop } from './run-desktop.ts';
import { safeStorageCodec } from './safe-storage-codec.ts';

requireNodeApi();
const storePath = chosenStorePath(undefined);
void runDesktop(
  { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session, shell },
  {
    preload: join(productFolder, 'dist', 'desktop', 'preload.cjs'),
    pageFolder,
    platform: process.platform,
    namedStore: storePath === usualStorePath() ? null : storePath,
    arguments: process.argv,
    onReady: () => process.send?.(DESKTOP_READY),
    openApp: (side, beside) =>
      createApp(
        {
          clock: systemClock,
          entropy: systemEntropy,
          host: 'desktop',
          dialogs: desktopDialogs(dialog),
          keys: new KeyFile(keyFilePath('desktop'), safeStorageCodec(safeStorage)),
          storePath: side === 'vendor' ? vendorStoreBeside(storePath) : storePath,
        },
        beside,
      ),
  },
);
