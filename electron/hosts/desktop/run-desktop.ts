/** The desktop host's life, from before ready to quit, over whatever electron it is given. */
import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type * as Electron from 'electron';
import { failure } from '../../../shared/contract/envelope.ts';
import { EVENT_CHANNEL } from '../../../shared/contract/ipc-channels.ts';
import { type App, hasStudies } from '../../core/app.ts';
import type { Beside } from '../../core/context/beside.ts';
import { appMenu } from './app-menu.ts';
import { APP_URL } from './app-origin.ts';
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
  /** The store that somebody named; null for the user's usual one. */
  readonly namedStore: string | null;
  /** What the program was started with: a pack among it is opened. */
  readonly arguments: readonly string[];
  /** Told once Electron's program runs. */
  readonly onReady?: () => void;
  /** Opens a store, the lead's or a vendor's; a failure is shown and ends the program. */
  openApp(side: Side, beside: Beside): Promise<App>;
}

/** A pack is worked on in a store of its own, apart from a lead's studies. */
type Side = 'lead' | 'vendor';

type Stage = 'starting' | 'running' | 'ending';

/** Runs the desktop app. Resolves when the window is open, or when there is nothing to open. */
export async function runDesktop(electron: ElectronParts, options: DesktopOptions): Promise<void> {
  const { app } = electron;
  if (options.namedStore !== null) setApart(app, options.namedStore);
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  electron.protocol.registerSchemesAsPrivileged([APP_SCHEME_PRIVILEGES]);
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => lockNavigation(contents));

  let stage: Stage = 'starting';
  let window: Electron.BrowserWindow | null = null;
  /** Both may be open: what runs in the one goes on while the window shows the other. */
  const sides = new Map<Side, Promise<App>>();
  /** What the window shows. */
  let core: App | null = null;
  /** The program goes once what runs has ended: nothing is cut off in the middle of a file. */
  const end = (event: Electron.Event) => {
    stage = 'ending';
    if (sides.size === 0) return;
    event.preventDefault();
    const closing = [...sides.values()];
    core = null;
    sides.clear();
    void Promise.allSettled(closing.map(async (side) => (await side).close())).finally(() => app.quit());
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
  const openSide = (side: Side): Promise<App> => {
    const known = sides.get(side);
    if (known !== undefined) return known;
    const opened = options.openApp(side, side === 'lead' ? besideLead : besideVendor).then((opened) => {
      opened.subscribe((event) => {
        if (opened === core) window?.webContents.send(EVENT_CHANNEL, event);
      });
      return opened;
    });
    sides.set(side, opened);
    opened.catch(() => sides.delete(side));
    return opened;
  };
  const show = async (side: Side) => {
    core = await openSide(side);
    await window?.loadURL(APP_URL);
  };
  /** Once whoever asked has been answered: the page that asked goes with its window's old content. */
  const showSoon = async (side: Side) => {
    setImmediate(
      () => void show(side).catch((error: unknown) => showFailure(electron, CANNOT_OPEN_PACK, error)),
    );
    return null;
  };
  const besideLead: Beside = {
    packs: { open: async () => (await openSide('vendor')).context, show: () => showSoon('vendor') },
  };
  const besideVendor: Beside = { studies: { show: () => showSoon('lead') } };
  /** Hands a pack to the page, in a vendor's store: one that has studies of its own is left for it. */
  const handOver = async (path: string) => {
    if (stage !== 'running' || core === null) return;
    // Before anything is changed for it.
    requireFile(path);
    if (hasStudies(core)) await show('vendor');
    core?.handFile(path);
    await showWindow();
  };
  let waiting = packAmong(options.arguments, process.cwd());
  const take = (path: string | null) => {
    if (path === null) return;
    if (stage === 'starting') waiting = path;
    else void handOver(path).catch((error: unknown) => showFailure(electron, CANNOT_OPEN_PACK, error));
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take(packAmong([path], process.cwd()));
  });
  app.on('second-instance', (_event, argv, workingDirectory) => {
    take(packAmong(argv, workingDirectory));
    void showWindow();
  });
  app.on('activate', () => void showWindow());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', end);

  await app.whenReady();
  options.onReady?.();
  try {
    core = await openSide('lead');
  } catch (error) {
    showFailure(electron, CANNOT_OPEN_STORE, error);
    app.exit(2);
    return;
  }
  denyPermissions(electron.session.defaultSession);
  serveAppScheme(electron.protocol, options.pageFolder);
  openIpcDoor(electron.ipcMain, {
    call: (name, input) =>
      core === null
        ? Promise.resolve(failure('unreachable', { key: 'call.opening_other_store' }))
        : core.call(name, input),
  });
  electron.Menu.setApplicationMenu(
    electron.Menu.buildFromTemplate(
      appMenu(options.platform, () => void openExternal(electron.shell, LICENCE_URL)),
    ),
  );
  stage = 'running';
  await showWindow();
  take(waiting);
}

/**
 * Gives the program of a named store a folder of its own, and with it a lock of its own: started on another store, it opens
 * that one, and does not show the window of the first.
 */
function setApart(app: Pick<Electron.App, 'getPath' | 'setPath'>, storePath: string): void {
  const name = createHash('sha256').update(resolve(storePath)).digest('hex').slice(0, 16);
  const folder = join(app.getPath('userData'), 'stores', name);
  mkdirSync(folder, { recursive: true });
  app.setPath('userData', folder);
}

/** The pack among what a program was started with, from the folder it was started in; null where there is none. */
function packAmong(argv: readonly string[], folder: string): string | null {
  const named = argv.findLast((argument) => /\.touchpack$/iu.test(argument) && !argument.startsWith('-'));
  return named === undefined ? null : resolve(folder, named);
}

function requireFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new Error(`There is no file ${path}. Nothing was changed.`);
}

const CANNOT_OPEN_STORE = 'Touchstone cannot open its store';
const CANNOT_OPEN_PACK = 'Touchstone cannot open this pack';

function showFailure({ dialog }: ElectronParts, title: string, error: unknown): void {
  dialog.showErrorBox(title, error instanceof Error ? error.message : String(error));
}
