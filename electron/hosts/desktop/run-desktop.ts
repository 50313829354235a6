/** The desktop host's life, from before ready to quit, over whatever electron it is given. */
import type * as Electron from 'electron';
import { EVENT_CHANNEL } from '../../../shared/contract/ipc-channels.ts';
import type { App } from '../../core/app.ts';
import { appMenu } from './app-menu.ts';
import { APP_SCHEME_PRIVILEGES, serveAppScheme } from './app-scheme.ts';
import { denyPermissions } from './deny-permissions.ts';
import { openIpcDoor } from './ipc-door.ts';
import { lockNavigation } from './lock-navigation.ts';
import { openMainWindow } from './main-window.ts';
import { LICENCE_URL, openExternal } from './open-external.ts';

/** The parts of electron that the host uses. */
export type ElectronParts = Pick<
  typeof Electron,
  'app' | 'BrowserWindow' | 'dialog' | 'ipcMain' | 'Menu' | 'protocol' | 'session' | 'shell'
>;

export interface DesktopOptions {
  readonly preload: string;
  readonly pageFolder: string;
  readonly platform: NodeJS.Platform;
  /** Opens the store; a failure is shown and ends the program. */
  openApp(): Promise<App>;
}

type Stage = 'starting' | 'running' | 'ending';

/** Runs the desktop app. Resolves when the window is open, or when there is nothing to open. */
export async function runDesktop(electron: ElectronParts, options: DesktopOptions): Promise<void> {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  electron.protocol.registerSchemesAsPrivileged([APP_SCHEME_PRIVILEGES]);
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => lockNavigation(contents));

  let stage: Stage = 'starting';
  let window: Electron.BrowserWindow | null = null;
  let core: App | null = null;
  const end = () => {
    stage = 'ending';
    core?.close();
    core = null;
  };
  // One lifecycle for every event that could open a window, so that none opens on a closed store.
  const showWindow = async () => {
    if (stage !== 'running') return;
    if (window !== null) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    // Kept before the page is loaded: a second start meanwhile must find it.
    const opened = openMainWindow((wanted) => new electron.BrowserWindow(wanted), options.preload);
    window = opened.window;
    window.on('closed', () => {
      window = null;
    });
    await opened.loaded;
  };
  app.on('second-instance', () => void showWindow());
  app.on('activate', () => void showWindow());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', end);

  await app.whenReady();
  try {
    core = await options.openApp();
  } catch (error) {
    electron.dialog.showErrorBox(
      'Touchstone cannot open its store',
      error instanceof Error ? error.message : String(error),
    );
    app.exit(2);
    return;
  }
  denyPermissions(electron.session.defaultSession);
  serveAppScheme(electron.protocol, options.pageFolder);
  openIpcDoor(electron.ipcMain, core);
  core.subscribe((event) => window?.webContents.send(EVENT_CHANNEL, event));
  electron.Menu.setApplicationMenu(
    electron.Menu.buildFromTemplate(
      appMenu(options.platform, () => void openExternal(electron.shell, LICENCE_URL)),
    ),
  );
  stage = 'running';
  await showWindow();
}
