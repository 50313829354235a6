/** The desktop host against a stand-in that records what it was asked: each rule of the checklist by name. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { App } from '../../electron/core/app.ts';
import { APP_URL, isAppUrl } from '../../electron/hosts/desktop/app-origin.ts';
import { desktopDialogs } from '../../electron/hosts/desktop/desktop-dialogs.ts';
import { isTrustedSender } from '../../electron/hosts/desktop/ipc-door.ts';
import { LICENCE_URL, mayOpenExternally } from '../../electron/hosts/desktop/open-external.ts';
import { runDesktop } from '../../electron/hosts/desktop/run-desktop.ts';
import { electronStandIn, senderFrame } from '../support/electron-stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function started(options: { hasLock?: boolean; openApp?: () => Promise<App> } = {}) {
  const folder = temporaryFolder();
  const pageFolder = join(folder, 'page');
  mkdirSync(pageFolder);
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'secret.html'), 'secret');
  symlinkSync(join(folder, 'secret.html'), join(pageFolder, 'link.html'));
  const { electron, record } = electronStandIn(options);
  const calls: unknown[][] = [];
  let closed = 0;
  const app = {
    call: async (...args: unknown[]) => {
      calls.push(args);
      return { ok: true, value: null };
    },
    subscribe: () => () => undefined,
    close: async () => {
      closed++;
    },
  } as unknown as App;
  await runDesktop(electron, {
    preload: '/preload.cjs',
    pageFolder,
    platform: 'linux',
    namedStore: null,
    arguments: [],
    openApp: options.openApp ?? (async () => app),
  });
  return { record, calls, closedCount: () => closed };
}

describe('the window', () => {
  it('is sandboxed, isolated and without Node (checklist 1, 2)', async () => {
    const { record } = await started();
    expect(record.asked.indexOf('sandbox')).toBeLessThan(record.asked.indexOf('ready'));
    expect(record.windows[0]?.options.webPreferences).toEqual({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
    });
    expect(record.windows[0]?.asked[0]).toBe(`load ${APP_URL}`);
  });
});

describe('the scheme', () => {
  it('is registered before ready, standard and secure, and bypasses no policy (6)', async () => {
    const { record } = await started();
    expect(record.asked.indexOf('schemes')).toBeLessThan(record.asked.indexOf('ready'));
    expect(record.schemes).toEqual([
      { scheme: 'touchstone', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  it('serves the page with its policy, and nothing else (6, 7)', async () => {
    const { record } = await started();
    const ask = async (url: string, method = 'GET') =>
      (await record.schemeHandler?.(new Request(url, { method }))) as Response;
    const page = await ask(APP_URL);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toBe('<!doctype html>');
    for (const url of [
      'touchstone://app/../secret.html',
      'touchstone://app/%2e%2e/secret.html',
      'touchstone://app/..%2fsecret.html',
      'touchstone://app/link.html',
      'touchstone://app/index.html%00.js',
      'touchstone://other/index.html',
    ]) {
      const reply = await ask(url);
      expect(reply.status, url).toBe(404);
      expect(await reply.text()).not.toContain('secret');
    }
    expect((await ask(APP_URL, 'POST')).status).toBe(405);
  });
});

describe('messages', () => {
  it.each([
    ['another site', senderFrame('https://evil.example/')],
    ['a look-alike host', senderFrame('touchstone://app.evil/')],
    ['credentials in the address', senderFrame('touchstone://x@app/')],
    ['a port', senderFrame('touchstone://app:1/')],
    ['a frame inside our page', senderFrame(APP_URL, {})],
    ['a frame that is gone', { senderFrame: null }],
    ['no address', senderFrame('')],
  ])('from %s are refused and nothing is done (4)', async (_name, event) => {
    const { record, calls } = await started();
    expect(await record.callHandler?.(event, 'studies.list', {})).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
    expect(calls).toEqual([]);
  });

  it('from the page reach the dispatcher; a name that is no text does not (5)', async () => {
    const { record, calls } = await started();
    await record.callHandler?.(senderFrame(`${APP_URL}#/studies`), 'studies.list', {});
    expect(calls).toEqual([['studies.list', {}]]);
    expect(await record.callHandler?.(senderFrame(APP_URL), { evil: true }, {})).toMatchObject({
      error: { code: 'unknown_method' },
    });
    expect(calls).toHaveLength(1);
  });

  it('trust is decided by parts, not by prefix', () => {
    expect(isTrustedSender({ senderFrame: { url: `${APP_URL}x`, parent: null } } as never)).toBe(true);
    for (const url of [
      'touchstone:app',
      'touchstones://app/',
      'TOUCHSTONE://app.example/',
      'http://app/',
      'file:///app/',
    ]) {
      expect(isAppUrl(url), url).toBe(false);
    }
  });
});

describe('permissions', () => {
  it('are denied when requested, when checked and for devices (8)', async () => {
    const { record } = await started();
    const answers: unknown[] = [];
    record.permissions.request?.({}, 'media', (answer: unknown) => answers.push(answer));
    expect(answers).toEqual([false]);
    expect(record.permissions.check?.(null, 'clipboard-read')).toBe(false);
    expect(record.permissions.device?.({})).toBe(false);
  });
});

describe('navigation', () => {
  const event = (url: string, isMainFrame = true) => {
    const record = { url, isMainFrame, isPrevented: false, preventDefault: (): void => undefined };
    record.preventDefault = () => {
      record.isPrevented = true;
    };
    return record;
  };

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    '%s stays on the page (9)',
    async (name) => {
      const { record } = await started();
      const contents = record.windows[0]?.webContents;
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        'touchstone://other/',
        'javascript:alert(1)',
        'data:text/html,x',
      ]) {
        const away = event(url);
        contents?.emit(name, away);
        expect(away.isPrevented, url).toBe(true);
      }
      const home = event(`${APP_URL}index.html`);
      contents?.emit(name, home);
      expect(home.isPrevented).toBe(false);
    },
  );

  it('no frame, window or webview is opened (9)', async () => {
    const { record } = await started();
    const contents = record.windows[0]?.webContents;
    const frame = event(APP_URL, false);
    contents?.emit('will-frame-navigate', frame);
    expect(frame.isPrevented).toBe(true);
    const webview = event('');
    contents?.emit('will-attach-webview', webview);
    expect(webview.isPrevented).toBe(true);
    expect(contents?.openHandler?.()).toEqual({ action: 'deny' });
  });

  it('only listed https addresses are handed to the system (10)', async () => {
    for (const url of [
      'https://evil.example/',
      `${LICENCE_URL}/`,
      LICENCE_URL.replace('https', 'http'),
      'file:///x',
      'javascript:1',
      '',
    ]) {
      expect(mayOpenExternally(url), url).toBe(false);
    }
    const { record } = await started();
    const help = record.menu.find(({ role }) => role === 'help');
    const [item] = (help?.submenu ?? []) as { click: () => void }[];
    item?.click();
    expect(record.opened).toEqual([LICENCE_URL]);
  });
});

describe('the program’s life', () => {
  it('a second instance ends at once and opens nothing', async () => {
    const { record } = await started({ hasLock: false });
    expect(record.asked).toEqual(['lock', 'exit 0']);
    expect(record.windows).toEqual([]);
  });

  it('a second start focuses the window; none opens once the store is closed', async () => {
    const { record, closedCount } = await started();
    record.app.emit('second-instance', {}, ['touchstone']);
    expect(record.windows).toHaveLength(1);
    expect(record.windows[0]?.asked).toContain('focus');
    record.windows[0]?.emit('closed');
    const quit = { preventDefault: vi.fn() };
    record.app.emit('will-quit', quit);
    // The program stays until the store is closed, and then goes.
    expect(quit.preventDefault).toHaveBeenCalledOnce();
    await expect.poll(() => record.asked).toContain('quit');
    record.app.emit('will-quit', quit);
    expect(quit.preventDefault).toHaveBeenCalledOnce();
    record.app.emit('activate');
    record.app.emit('second-instance', {}, ['touchstone']);
    expect(record.windows).toHaveLength(1);
    expect(closedCount()).toBe(1);
  });

  it('a store that cannot be opened is shown and ends the program with 2', async () => {
    const { record } = await started({ openApp: () => Promise.reject(new Error('The store is newer.')) });
    expect(record.errors).toEqual(['Touchstone cannot open its store: The store is newer.']);
    expect(record.asked).toContain('exit 2');
    expect(record.windows).toEqual([]);
  });

  it('the menu offers no reload and no developer tools', async () => {
    const { record } = await started();
    expect(JSON.stringify(record.menu)).not.toMatch(/reload|devtools/iu);
  });
});

describe('dialogs', () => {
  it('return nothing when dismissed and remember where they were', async () => {
    const asked: { defaultPath?: string }[] = [];
    const replies = [
      { canceled: false, filePaths: ['/data/a.jsonl'] },
      { canceled: true, filePaths: [] },
      { canceled: false, filePaths: ['/out'] },
    ];
    const dialogs = desktopDialogs({
      showOpenDialog: async (options: unknown) => {
        asked.push(options as { defaultPath?: string });
        return replies.shift() ?? { canceled: true, filePaths: [] };
      },
    } as never);
    expect(await dialogs.pickFiles()).toEqual(['/data/a.jsonl']);
    expect(await dialogs.pickFolder()).toBeNull();
    expect(await dialogs.pickFolder()).toBe('/out');
    expect(asked.map(({ defaultPath }) => defaultPath)).toEqual([
      undefined,
      '/data/a.jsonl',
      '/data/a.jsonl',
    ]);
  });
});
