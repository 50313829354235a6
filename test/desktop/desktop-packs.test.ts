/** A pack that is double-clicked: the desktop host, over a stand-in for electron and real stores. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type App, createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { APP_URL } from '../../electron/hosts/desktop/app-origin.ts';
import { runDesktop } from '../../electron/hosts/desktop/run-desktop.ts';
import { usualStorePath, vendorStoreBeside } from '../../electron/hosts/store-path.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { electronStandIn, senderFrame } from '../support/electron-stand-in.ts';
import { openTestApp } from '../support/open-app.ts';
import { IDENTITY, makeTestPack, packOptions } from '../support/packs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function packFile(): Promise<string> {
  const lead = await openTestApp();
  const { studyId } = await importText(lead.storePath, jsonLines(nativeRows(4)));
  return (await makeTestPack(lead, studyId ?? '', packOptions(['v1']))).path;
}

async function started(argv: readonly string[], leadRows: number, namedStore: string | null = null) {
  const folder = temporaryFolder();
  const { electron, record } = electronStandIn({ userData: folder });
  const opened: string[] = [];
  const apps: App[] = [];
  if (leadRows > 0) {
    const lead = await openTestApp(join(folder, 'lead.sqlite'));
    await importText(lead.storePath, jsonLines(nativeRows(leadRows)));
  }
  onTestFinished(async () => {
    await Promise.all(apps.map((app) => app.close()));
  });
  await runDesktop(electron, {
    preload: '/preload.cjs',
    pageFolder: folder,
    platform: 'linux',
    namedStore,
    arguments: argv,
    openApp: async (side, beside) => {
      opened.push(side);
      const storePath = join(folder, `${side}.sqlite`);
      const app = await createApp(
        { clock: systemClock, entropy: systemEntropy, host: 'desktop', storePath },
        beside,
      );
      apps.push(app);
      return app;
    },
  });
  const call = (name: string, input: unknown) =>
    record.callHandler?.(senderFrame(APP_URL), name, input) as Promise<{ ok: boolean; value: never }>;
  return { record, opened, call };
}

type Handed = { readonly uploadId: string; readonly name: string } | null;

describe('a pack that is opened with the app', () => {
  it('is handed to the page at the start, and opened in a store without studies', async () => {
    const path = await packFile();
    const { opened, call } = await started(['/usr/bin/touchstone', path], 0);
    expect(opened).toEqual(['lead']);
    const handed = (await call('host.handedFile', {})).value as Handed;
    expect(handed?.name).toBe('work.touchpack');
    expect((await call('host.handedFile', {})).value).toBeNull();
    const reply = await call('packs.open', { uploadId: handed?.uploadId, secret: IDENTITY });
    expect(reply.ok).toBe(true);
    expect((await call('seat.get', {})).value).toEqual({ role: 'vendor' });
  });

  it('leaves a store with studies alone: it goes to a vendor’s, and the page is loaded anew', async () => {
    const path = await packFile();
    const { record, opened, call } = await started([], 3);
    expect(opened).toEqual(['lead']);
    record.app.emit('open-file', { preventDefault: () => record.asked.push('prevented') }, path);
    await expect.poll(() => opened).toEqual(['lead', 'vendor']);
    expect(record.asked).toContain('prevented');
    await expect
      .poll(() => record.windows[0]?.asked.filter((asked) => asked === `load ${APP_URL}`).length)
      .toBe(2);
    await expect.poll(() => record.windows[0]?.webContents.sent.length).toBeGreaterThan(0);
    const handed = (await call('host.handedFile', {})).value as Handed;
    expect((await call('packs.open', { uploadId: handed?.uploadId, secret: IDENTITY })).ok).toBe(true);
    expect((await call('studies.list', {})).ok).toBe(false);
  });

  it('that is dropped on a window with studies opens beside them, in the same window, and leads back', async () => {
    const path = await packFile();
    const { record, opened, call } = await started([], 3);
    const loads = () => record.windows[0]?.asked.filter((asked) => asked === `load ${APP_URL}`).length;
    expect((await call('host.info', {})).value).toMatchObject({
      capabilities: { packsBeside: true, studiesBeside: false },
    });
    const bytes = readFileSync(path).toString('base64');
    const taken = (await call('host.receiveFile', { uploadId: null, name: 'work.touchpack', data: bytes }))
      .value as Handed;
    expect((await call('packs.open', { uploadId: taken?.uploadId, secret: 'wrong' })).ok).toBe(false);
    expect((await call('seat.get', {})).value).toEqual({ role: 'lead' });
    const reply = await call('packs.open', { uploadId: taken?.uploadId, secret: IDENTITY });
    expect(reply.value).toMatchObject({ isBeside: true, address: null, raters: [{ name: 'v1' }] });
    await expect.poll(loads).toBe(2);
    expect(opened).toEqual(['lead', 'vendor']);
    expect((await call('seat.get', {})).value).toEqual({ role: 'vendor' });
    expect((await call('packs.opened', {})).value).toHaveLength(1);
    expect((await call('host.info', {})).value).toMatchObject({ capabilities: { studiesBeside: true } });
    expect((await call('host.showStudies', {})).value).toEqual({ address: null });
    await expect.poll(loads).toBe(3);
    expect((await call('studies.list', {})).value).toMatchObject([{ name: 'Study', pairs: 3 }]);
  });

  it('comes with a second start, and nothing else that is named there is opened', async () => {
    const path = await packFile();
    const { record, call } = await started(['--flag.touchpack', '/tmp/other.txt'], 0);
    expect((await call('host.handedFile', {})).value).toBeNull();
    record.app.emit('second-instance', {}, ['/usr/bin/touchstone', path]);
    await expect.poll(() => record.windows[0]?.webContents.sent.length).toBeGreaterThan(0);
    expect(((await call('host.handedFile', {})).value as Handed)?.name).toBe('work.touchpack');
  });

  it('is found from the folder of whoever starts the program a second time', async () => {
    const path = await packFile();
    const { record, call } = await started([], 0);
    record.app.emit('second-instance', {}, ['touchstone', basename(path)], dirname(path));
    await expect.poll(() => record.windows[0]?.webContents.sent.length).toBeGreaterThan(0);
    expect(((await call('host.handedFile', {})).value as Handed)?.name).toBe('work.touchpack');
    expect(record.errors).toEqual([]);
  });

  it.each(['at the start', 'with a second start'])(
    'that is not there %s is said, and no store is left for it',
    async (when) => {
      const gone = join(temporaryFolder(), 'gone.touchpack');
      const { record, opened, call } = await started(when === 'at the start' ? [gone] : [], 3);
      if (when !== 'at the start') record.app.emit('second-instance', {}, [gone], '/');
      await expect.poll(() => record.errors).toEqual([expect.stringContaining(`There is no file ${gone}`)]);
      expect(opened).toEqual(['lead']);
      expect((await call('studies.list', {})).ok).toBe(true);
    },
  );

  it('is worked on beside the store that the program was started on, never in it', () => {
    const folder = temporaryFolder();
    expect(vendorStoreBeside(join(folder, 'a.sqlite'))).toBe(join(folder, 'a.vendor.sqlite'));
    expect(vendorStoreBeside(usualStorePath())).toBe(join(dirname(usualStorePath()), 'vendor.sqlite'));
  });

  it('can come in parts from a window that has no uploads, and only into its own file', async () => {
    const { call } = await started([], 0);
    const part = (text: string) => Buffer.from(text).toString('base64');
    const first = await call('host.receiveFile', {
      uploadId: null,
      name: '../up/work.touchpack',
      data: part('abc'),
    });
    const { uploadId } = first.value as { uploadId: string };
    expect(first.value).toMatchObject({ name: 'work.touchpack', bytes: 3 });
    const second = await call('host.receiveFile', { uploadId, name: 'x', data: part('def') });
    expect(second.value).toMatchObject({ uploadId, name: 'work.touchpack', bytes: 6 });
    expect((await call('host.receiveFile', { uploadId: 'unknown', name: 'x', data: part('a') })).ok).toBe(
      false,
    );
  });
});

describe('a program that is started on another store', () => {
  it('has a folder and so a lock of its own, taken before it asks whether it is the only one', async () => {
    const folders = [];
    for (const store of ['/work/a.sqlite', '/work/b.sqlite', '/work/../work/a.sqlite', null]) {
      const { record } = await started([], 0, store);
      folders.push(record.paths.userData?.split('/stores/')[1]);
      expect(record.asked.slice(0, 2)).toEqual(
        store === null ? ['lock', 'schemes'] : ['set userData', 'lock'],
      );
    }
    const [one, two, again, usual] = folders;
    expect(one).toMatch(/^[0-9a-f]{16}$/u);
    expect(two).not.toBe(one);
    expect([again, usual]).toEqual([one, undefined]);
  });
});
