/** A stand-in for electron that records what it was asked. It runs no browser; it says what would be asked of one. */
import type * as Electron from 'electron';
import type { ElectronParts } from '../../electron/hosts/desktop/run-desktop.ts';

type Listener = (...args: never[]) => unknown;

class Emitter {
  readonly listeners = new Map<string, Listener[]>();
  on(name: string, listener: Listener) {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
    return this;
  }
  once(name: string, listener: Listener) {
    return this.on(name, listener);
  }
  emit(name: string, ...args: unknown[]) {
    for (const listener of this.listeners.get(name) ?? [])
      (listener as (...all: unknown[]) => unknown)(...args);
  }
}

export class ContentsStandIn extends Emitter {
  openHandler: (() => { action: string }) | null = null;
  readonly sent: unknown[][] = [];
  setWindowOpenHandler(handler: () => { action: string }) {
    this.openHandler = handler;
  }
  send(...args: unknown[]) {
    this.sent.push(args);
  }
}

export class WindowStandIn extends Emitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new ContentsStandIn();
  readonly asked: string[] = [];
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  async loadURL(url: string) {
    this.asked.push(`load ${url}`);
  }
  show() {
    this.asked.push('show');
  }
  focus() {
    this.asked.push('focus');
  }
  isMinimized() {
    return false;
  }
  restore() {
    this.asked.push('restore');
  }
}

export type CallHandler = (event: { senderFrame: unknown }, name: unknown, input: unknown) => unknown;
type SchemeHandler = (request: Request) => Promise<Response>;

/** Everything the host asked for, in one place. */
export function electronStandIn(options: { hasLock?: boolean; userData?: string } = {}) {
  const asked: string[] = [];
  const paths: Record<string, string> = { userData: options.userData ?? '' };
  const windows: WindowStandIn[] = [];
  const app = Object.assign(new Emitter(), {
    getPath: (name: string) => paths[name],
    setPath: (name: string, path: string) => {
      asked.push(`set ${name}`);
      paths[name] = path;
    },
    requestSingleInstanceLock: () => {
      asked.push('lock');
      return options.hasLock ?? true;
    },
    enableSandbox: () => asked.push('sandbox'),
    whenReady: async () => {
      asked.push('ready');
    },
    quit: () => asked.push('quit'),
    exit: (code: number) => asked.push(`exit ${code}`),
  });
  const record = {
    asked,
    windows,
    app,
    paths,
    schemes: [] as Electron.CustomScheme[],
    schemeHandler: null as SchemeHandler | null,
    callHandler: null as CallHandler | null,
    permissions: {} as Record<string, (...args: unknown[]) => unknown>,
    errors: [] as string[],
    opened: [] as string[],
    menu: [] as Electron.MenuItemConstructorOptions[],
  };
  class BrowserWindow extends WindowStandIn {
    constructor(wanted: Electron.BrowserWindowConstructorOptions) {
      super(wanted);
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
  }
  const parts = {
    app,
    BrowserWindow,
    dialog: { showErrorBox: (title: string, text: string) => record.errors.push(`${title}: ${text}`) },
    ipcMain: {
      handle: (_channel: string, handler: CallHandler) => {
        record.callHandler = handler;
      },
    },
    Menu: {
      buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => {
        record.menu = template;
        return template;
      },
      setApplicationMenu: () => asked.push('menu'),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => {
        asked.push('schemes');
        record.schemes.push(...schemes);
      },
      handle: (_scheme: string, handler: SchemeHandler) => {
        record.schemeHandler = handler;
      },
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: (...args: unknown[]) => unknown) => {
          record.permissions.request = handler;
        },
        setPermissionCheckHandler: (handler: (...args: unknown[]) => unknown) => {
          record.permissions.check = handler;
        },
        setDevicePermissionHandler: (handler: (...args: unknown[]) => unknown) => {
          record.permissions.device = handler;
        },
      },
    },
    shell: {
      openExternal: async (url: string) => {
        record.opened.push(url);
      },
    },
  };
  return { electron: parts as unknown as ElectronParts, record };
}

/** A message's sender as Electron describes it. */
export function senderFrame(url: string, parent: unknown = null): { senderFrame: unknown } {
  return { senderFrame: { url, parent } };
}
