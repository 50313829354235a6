import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Place {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const HERE: Place = { platform: process.platform, environment: process.env, exists: existsSync };

const MAC_APPS = ['Google Chrome', 'Microsoft Edge', 'Chromium', 'Brave Browser'];
const WINDOWS_APPS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
const LINUX_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

/** An installed browser that can show an address as an app window (`--app=`), or null. */
export function findAppBrowser({ platform, environment, exists }: Place = HERE): string | null {
  const candidates =
    platform === 'darwin'
      ? MAC_APPS.flatMap((app) =>
          ['/Applications', join(environment.HOME ?? '', 'Applications')].map((root) =>
            join(root, `${app}.app`, 'Contents', 'MacOS', app),
          ),
        )
      : platform === 'win32'
        ? ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
            const root = environment[name];
            return root === undefined ? [] : WINDOWS_APPS.map((app) => `${root}\\${app}`);
          })
        : (environment.PATH ?? '')
            .split(delimiter)
            .flatMap((folder) => LINUX_NAMES.map((name) => join(folder, name)));
  return candidates.find((path) => exists(path)) ?? null;
}

/** Whether there is a screen to open a window on. */
export function hasScreen({ platform, environment }: Place = HERE): boolean {
  if (platform !== 'linux') return true;
  return [environment.DISPLAY, environment.WAYLAND_DISPLAY].some((name) => name !== undefined && name !== '');
}
