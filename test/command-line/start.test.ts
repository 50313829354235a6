import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronBinaryPath } from '../../electron/core/ports/electron-binary-path.ts';
import { electronBinary } from '../../electron/hosts/cli/launch/electron-binary.ts';
import { findAppBrowser, hasScreen } from '../../electron/hosts/cli/launch/find-app-browser.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SILENT = { print: () => undefined, complain: () => undefined, progress: () => undefined };

describe('the app browser', () => {
  const only = (path: string) => (candidate: string) => candidate === path;
  it.each([
    ['linux', { PATH: '/bin:/opt/x' }, '/opt/x/chromium'],
    ['linux', { PATH: '/usr/bin' }, '/usr/bin/microsoft-edge'],
    ['darwin', { HOME: '/Users/a' }, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['win32', { PROGRAMFILES: 'C:\\P' }, 'C:\\P\\Microsoft\\Edge\\Application\\msedge.exe'],
  ] as const)('is found on %s', (platform, environment, path) => {
    expect(findAppBrowser({ platform, environment, exists: only(path) })).toBe(path);
    expect(findAppBrowser({ platform, environment, exists: () => false })).toBeNull();
  });

  it('needs a screen on Linux only', () => {
    const place = (platform: NodeJS.Platform, environment: Record<string, string>) => ({
      platform,
      environment,
      exists: () => false,
    });
    expect(hasScreen(place('linux', {}))).toBe(false);
    expect(hasScreen(place('linux', { WAYLAND_DISPLAY: 'wayland-0' }))).toBe(true);
    expect(hasScreen(place('darwin', {}))).toBe(true);
  });
});

describe.runIf(electronBinaryPath() === null)('Electron’s program, where it is missing', () => {
  const version = JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8')).version as string;
  const remember = (memory: string, at: number, electron = version) =>
    writeFileSync(memory, JSON.stringify({ electron, at, reason: 'no network' }));

  it('is not fetched again within a week of a failure', async () => {
    const memory = join(temporaryFolder(), 'memory.json');
    remember(memory, 1000);
    expect(await electronBinary(memory, false, 2000, SILENT, 1)).toEqual({
      found: false,
      reason: expect.stringContaining('failed before (no network)'),
    });
  });

  it.each([
    ['a week later', version, 8 * 24 * 60 * 60 * 1000, false],
    ['for another version', '1.0.0', 2000, false],
    ['when insisted on', version, 2000, true],
  ])(
    'is tried again %s, within its bound, and the failure is remembered',
    async (_name, electron, now, insist) => {
      const memory = join(temporaryFolder(), 'memory.json');
      remember(memory, 1000, electron);
      const result = await electronBinary(memory, insist, now, SILENT, 1000);
      if (result.found) return expect(existsSync(result.path)).toBe(true);
      expect(JSON.parse(readFileSync(memory, 'utf8'))).toMatchObject({ electron: version, at: now });
    },
  );
});
