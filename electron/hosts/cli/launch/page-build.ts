/** Builds the page and the desktop entry when their sources changed, so that nobody has to. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { productFolder, productVersion } from '../../../core/ports/product.ts';
import type { Output } from '../terminal/terminal.ts';
import { NOTICES_NAME, thirdPartyNotices, withNotices } from './third-party-notices.ts';

interface Build {
  readonly name: string;
  readonly sources: readonly string[];
  readonly configs: readonly string[];
  readonly output: string;
  /** The one file that goes out alone, where there is one. */
  readonly page?: string;
}

const PAGE: Build = {
  name: 'page',
  sources: ['renderer', 'shared'],
  configs: ['renderer/vite.config.ts'],
  output: 'dist/renderer',
};

const PACK_PAGE = {
  name: 'page of packs',
  sources: ['renderer', 'shared'],
  configs: ['renderer/pack/vite.config.ts'],
  output: 'dist/pack',
  page: 'pack.html',
} satisfies Build;

const DESKTOP: Build = {
  name: 'desktop host',
  sources: ['electron', 'shared'],
  configs: ['electron/vite.main.config.ts', 'electron/vite.preload.config.ts'],
  output: 'dist/desktop',
};

/** Builds what the browser is served. A packaged app carries it and has no sources. */
export function ensurePage(terminal: Output): Promise<void> {
  return ensureBuilt(PAGE, terminal);
}

/** Builds the page that a pack becomes without an installed app, and says where it is. */
export async function ensurePackPage(terminal: Output): Promise<string> {
  await ensureBuilt(PACK_PAGE, terminal);
  return join(productFolder, PACK_PAGE.output, PACK_PAGE.page);
}

/** Builds what Electron runs. */
export function ensureDesktop(terminal: Output): Promise<void> {
  return ensureBuilt(DESKTOP, terminal);
}

async function ensureBuilt(build: Build, terminal: Output): Promise<void> {
  const folders = build.sources.map((source) => join(productFolder, source));
  if (!folders.every((folder) => existsSync(folder))) return;
  const stampFile = join(productFolder, `${build.output}.stamp`);
  const stamp = stampOf(folders);
  const isFresh = existsSync(join(productFolder, build.output)) && readStamp(stampFile) === stamp;
  if (isFresh) return;
  terminal.progress(`Building the ${build.name} …`);
  const { build: viteBuild } = await import('vite');
  // Vite follows NODE_ENV over its own mode, and a test runner's would give React's development build.
  const { NODE_ENV: before } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    for (const config of build.configs) {
      await viteBuild({ configFile: join(productFolder, config), logLevel: 'warn', mode: 'production' });
    }
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
  addNotices(build);
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  terminal.progress('');
}

function addNotices({ output, page }: Build): void {
  const notices = thirdPartyNotices(productFolder);
  const folder = join(productFolder, output);
  writeFileSync(join(folder, NOTICES_NAME), notices);
  if (page === undefined) return;
  const path = join(folder, page);
  writeFileSync(path, withNotices(readFileSync(path, 'utf8'), notices));
}

function readStamp(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A hash over the sources, the lock file and what is made of it: what the output depends on. */
function stampOf(folders: readonly string[]): string {
  const hash = createHash('sha256').update(productVersion);
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) hash.update(path).update(readFileSync(path));
    }
  };
  folders.forEach(visit);
  for (const each of ['package-lock.json', 'electron/hosts/cli/launch/third-party-notices.ts']) {
    const path = join(productFolder, each);
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
