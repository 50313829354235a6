import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { productFolder } from '../../electron/core/ports/product.ts';
import { ensureDesktop, ensurePage } from '../../electron/hosts/cli/launch/page-build.ts';
import {
  NOTICES_NAME,
  thirdPartyNotices,
  withNotices,
} from '../../electron/hosts/cli/launch/third-party-notices.ts';
import { requireNodeApi } from '../../electron/hosts/node-guard.mjs';
import { METHODS } from '../../shared/contract/methods.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';

const read = (...path: string[]) => readFileSync(join(productFolder, ...path), 'utf8');
const SILENT = { print: () => undefined, complain: () => undefined, progress: () => undefined };
const require = createRequire(import.meta.url);

describe('the lock file', () => {
  const lock = JSON.parse(read('package-lock.json'));
  it('holds no registry address and exact versions', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/[^"]*registry/u);
    const manifest = JSON.parse(read('package.json'));
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u);
    }
  });

  it('tells npm 10 not to compile better-sqlite3, and npm 11 to run only node’s script', () => {
    // npm 10 knows no allowScripts and would run node-gyp for any package with a binding.gyp; npm install drops
    // this line, so it has to be put back after the lock file was rewritten.
    expect(lock.packages['node_modules/better-sqlite3'].gypfile).toBe(false);
    const { allowScripts } = JSON.parse(read('package.json'));
    expect(Object.entries(allowScripts).filter(([, isAllowed]) => isAllowed)).toEqual([['node', true]]);
  });
});

describe('the notices of packages that others wrote', () => {
  it('name every package that npm has for run time, with its licence', () => {
    const notices = thirdPartyNotices(productFolder);
    const { stdout } = spawnSync('npm', ['ls', '--omit=dev', '--all', '--parseable', '--long'], {
      cwd: productFolder,
      encoding: 'utf8',
    });
    const installed = stdout
      .trim()
      .split('\n')
      .slice(1)
      .filter((line) => !line.endsWith(':EXTRANEOUS'))
      .map((line) => line.slice(line.indexOf(':') + 1).split(':')[0] ?? '')
      // Types and their compiler, which packages name as peers: no build holds them.
      .filter((name) => !/^(?:typescript|@typescript\/.*|@types\/.*|csstype)@[^@]*$/u.test(name));
    expect(installed.length).toBeGreaterThan(100);
    const lines = new Set(notices.split('\n'));
    for (const each of installed) expect(lines, each).toContain(each.replace(/@(?=[^@/]*$)/u, ' '));
    for (const name of Object.keys(JSON.parse(read('package.json')).dependencies))
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'mu'));
    expect(notices).not.toMatch(/^(?:vitest|electron|typescript) \d/mu);
    for (const text of ['Permission is hereby granted, free of charge', 'Apache License', 'WITHOUT WARRANTY'])
      expect(notices).toContain(text);
  });

  it('are in every folder that is built, and in the page that goes out alone', async () => {
    await ensureDesktop(SILENT);
    await ensurePage(SILENT);
    const notices = thirdPartyNotices(productFolder);
    for (const folder of ['desktop', 'renderer']) expect(read('dist', folder, NOTICES_NAME)).toBe(notices);
    expect(read('electron-builder.yml')).toMatch(/^ {2}- dist\/desktop\/\*\*$/mu);
    const page = withNotices('<body><p></p></body>', 'a </script> b');
    expect(page).toBe(
      '<body><p></p><script type="text/plain" id="third-party-notices">\na < /script> b</script>\n</body>',
    );
  });
});

describe('electron-builder.yml', () => {
  it('passes electron-builder’s own schema', async () => {
    const { validateConfiguration } = require('app-builder-lib/out/util/config/config');
    const { getConfig } = require('app-builder-lib/out/util/config/config');
    const config = await getConfig(productFolder, 'electron-builder.yml', null);
    const logger = { isEnabled: false, add: () => undefined };
    await expect(validateConfiguration(config, logger)).resolves.toBeUndefined();
    await expect(validateConfiguration({ ...config, npmRebuilt: true }, logger)).rejects.toThrow(
      'npmRebuilt',
    );
    expect(config.npmRebuild).toBe(false);
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});

describe('the desktop bundle', () => {
  it('has a preload that needs electron only and knows every method', async () => {
    await ensureDesktop(SILENT);
    const preload = read('dist', 'desktop', 'preload.cjs');
    const required = [...preload.matchAll(/require\((["'`])(.*?)\1\)/gu)].map((match) => match[2]);
    expect(required).toEqual(['electron']);
    for (const name of Object.keys(METHODS)) expect(preload).toContain(name);
  });

  it('exposes exactly two functions and lets no unknown name pass', async () => {
    await ensureDesktop(SILENT);
    const exposed: Record<
      string,
      { call: (name: string, input: unknown) => Promise<unknown>; subscribe: unknown }
    > = {};
    const invoked: unknown[][] = [];
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, value: never) => (exposed[name] = value) },
      ipcRenderer: {
        invoke: async (...args: unknown[]) => invoked.push(args),
        on: () => undefined,
        removeListener: () => undefined,
      },
    };
    new Function('require', read('dist', 'desktop', 'preload.cjs'))(() => electron);
    expect(Object.keys(exposed)).toEqual(['touchstone']);
    expect(Object.keys(exposed.touchstone ?? {})).toEqual(['call', 'subscribe']);
    expect(Object.isFrozen(exposed.touchstone)).toBe(true);
    expect(await exposed.touchstone?.call('fs.read', {})).toMatchObject({ ok: false });
    await exposed.touchstone?.call('studies.list', {});
    expect(invoked).toEqual([['touchstone:call', 'studies.list', {}]]);
  });

  it('has a worker that runs one task after the other from the bundle', async () => {
    await ensureDesktop(SILENT);
    const { storePath } = await openTestApp();
    const { studyId } = await importText(storePath, jsonLines(nativeRows(6)));
    const worker = new Worker(join(productFolder, 'dist', 'desktop', 'worker-entry.mjs'));
    const ended = (task: string, request: object) =>
      new Promise((resolve, reject) => {
        worker.removeAllListeners();
        worker.on('error', reject).on('message', (message: { type: string }) => {
          if (message.type === 'done' || message.type === 'failed') resolve(message);
        });
        worker.postMessage({ task, request, cancelFlag: new Int32Array(new SharedArrayBuffer(4)) });
      });
    const card = { storePath, studyId, judge: null, slice: null, options: agreementOptionsSchema.parse({}) };
    expect(await ended('card', card)).toMatchObject({ type: 'done' });
    const folder = join(storePath, '..', 'out');
    expect(await ended('export', { storePath, studyId, format: 'native', folder })).toMatchObject({
      type: 'done',
      result: { rows: 6 },
    });
    await worker.terminate();
  });

  it('ships no source maps', () => {
    const files = readdirSync(join(productFolder, 'dist'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  });
});

describe('an old Node', () => {
  it('gets one sentence and exit code 2', () => {
    const said: string[] = [];
    const codes: number[] = [];
    const { error } = console;
    console.error = (text: string) => said.push(text);
    requireNodeApi({ node: '20.20.2', napi: '9' }, (code) => codes.push(code));
    requireNodeApi({ node: '24.0.0', napi: '10' }, (code) => codes.push(code));
    console.error = error;
    expect(codes).toEqual([2]);
    expect(said).toEqual([expect.stringContaining('Node-API 10')]);
  });

  it('is caught before anything else in every entry point', () => {
    for (const entry of ['electron/hosts/cli/touchstone.mjs', 'test/run.mjs', 'test/bench/bench.mjs']) {
      const source = read(entry);
      const guard = source.indexOf('requireNodeApi();');
      expect(guard, entry).toBeGreaterThan(0);
      expect(source.slice(0, guard), entry).not.toMatch(/from '[^']*\.ts'|better-sqlite3/u);
    }
    expect(read('electron/hosts/desktop/main.ts')).toContain('requireNodeApi();');
  });

  it('the running one is new enough for the command line', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(productFolder, 'electron/hosts/cli/touchstone.mjs'), '--version'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(stdout.trim()).toBe(JSON.parse(read('package.json')).version);
  });
});
