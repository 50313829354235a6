import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { APP_URL } from './app-origin.ts';

/** The window's options. The page is untrusted: no Node, isolated, sandboxed, no webviews. */
export function mainWindowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 860,
    minWidth: 420,
    minHeight: 480,
    show: false,
    backgroundColor: '#15181b',
    title: 'Touchstone',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
    },
  };
}

/** Makes the window; it shows once the page is painted. */
export function openMainWindow(
  create: (options: BrowserWindowConstructorOptions) => BrowserWindow,
  preload: string,
): { readonly window: BrowserWindow; readonly loaded: Promise<void> } {
  const window = create(mainWindowOptions(preload));
  window.once('ready-to-show', () => window.show());
  return { window, loaded: window.loadURL(APP_URL) };
}
