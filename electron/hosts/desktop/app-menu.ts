import type { MenuItemConstructorOptions } from 'electron';

/** The menu: only what the platform's own roles do, and the licence. No reload, no developer tools. */
export function appMenu(platform: NodeJS.Platform, openLicence: () => void): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [{ role: isMac ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ label: 'Licence (Apache-2.0)', click: openLicence }] },
  ];
}
