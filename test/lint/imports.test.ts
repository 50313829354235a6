/** The import rules must catch what they forbid: each known-bad import is written to a scratch tree and cruised. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { productFolder } from '../../electron/core/product.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BAD: readonly (readonly [rule: string, from: string, source: string, to: string])[] = [
  [
    'shared-imports-nothing-of-ours',
    'shared/domain/a.ts',
    "import '../../electron/core/b.ts';",
    'electron/core/b.ts',
  ],
  ['stats-are-numbers-only', 'shared/stats/a.ts', "import '../domain/b.ts';", 'shared/domain/b.ts'],
  [
    'core-imports-core-and-shared',
    'electron/core/a.ts',
    "import '../hosts/http/b.ts';",
    'electron/hosts/http/b.ts',
  ],
  [
    'store-knows-no-service',
    'electron/core/store/a.ts',
    "import '../services/b.ts';",
    'electron/core/services/b.ts',
  ],
  [
    'desktop-imports-core',
    'electron/hosts/desktop/a.ts',
    "import '../http/b.ts';",
    'electron/hosts/http/b.ts',
  ],
  ['http-imports-core', 'electron/hosts/http/a.ts', "import '../cli/b.ts';", 'electron/hosts/cli/b.ts'],
  ['cli-starts-http', 'electron/hosts/cli/a.ts', "import '../desktop/b.ts';", 'electron/hosts/desktop/b.ts'],
  [
    'preload-knows-the-contract',
    'electron/preload/a.ts',
    "import '../../shared/domain/b.ts';",
    'shared/domain/b.ts',
  ],
  ['page-imports-shared', 'renderer/a.ts', "import '../electron/core/b.ts';", 'electron/core/b.ts'],
  ['page-has-no-node', 'renderer/a.ts', "import 'node:fs';", 'renderer/b.ts'],
  ['shared-has-no-platform', 'shared/domain/a.ts', "import 'node:crypto';", 'shared/domain/b.ts'],
  ['one-importer-of-the-database', 'electron/core/a.ts', "import 'better-sqlite3';", 'electron/core/b.ts'],
  [
    'electron-in-the-desktop-host',
    'electron/core/a.ts',
    "import type { App } from 'electron'; export type A = App;",
    'electron/core/b.ts',
  ],
  ['one-importer-of-hotkeys', 'renderer/a.ts', "import 'react-hotkeys-hook';", 'renderer/b.ts'],
  ['page-has-no-schemas', 'renderer/a.ts', "import 'zod';", 'renderer/b.ts'],
  ['nobody-imports-tests', 'shared/domain/a.ts', "import '../../test/b.ts';", 'test/b.ts'],
  ['no-circular', 'shared/domain/a.ts', "import './b.ts';", 'shared/domain/b.ts'],
];

const CRUISER = join(productFolder, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

interface Cruised {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly {
      readonly resolved: string;
      readonly dependencyTypes: readonly string[];
    }[];
  }[];
  readonly summary: { readonly violations: readonly { readonly rule: { readonly name: string } }[] };
}

function cruise(cwd: string, folders: readonly string[]): Cruised {
  const { stdout } = spawnSync(
    process.execPath,
    [CRUISER, '--config', join(productFolder, 'test/lint/imports.cjs'), '--output-type', 'json', ...folders],
    { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 ** 2 },
  );
  return JSON.parse(stdout) as Cruised;
}

/** A scratch tree of files by path, with the product's packages. */
function treeOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(productFolder, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** What hosts serve. The page of a pack reads packs, which anybody may have made: it cannot do without schemas. */
const PAGE = /^renderer\/(?!pack\/)/u;

/**
 * How the page comes by schemas while it runs, through whatever it imports; null where it does not. Imports of types alone are
 * gone by then. dependency-cruiser's own rules on what is reachable follow those, too.
 */
function wayToSchemas({ modules }: Cruised): string | null {
  const importsOf = new Map(
    modules.map(({ source, dependencies }) => [
      source,
      dependencies.filter(({ dependencyTypes }) => !dependencyTypes.includes('type-only')),
    ]),
  );
  const wayTo = new Map(
    modules.filter(({ source }) => PAGE.test(source)).map(({ source }) => [source, source]),
  );
  for (const [source, way] of wayTo)
    for (const { resolved } of importsOf.get(source) ?? []) {
      if (/node_modules\/zod\//u.test(resolved)) return `${way} → zod`;
      if (!wayTo.has(resolved)) wayTo.set(resolved, `${way} → ${resolved}`);
    }
  return null;
}

describe('the page', () => {
  it('reaches no schemas at run time, through whatever it imports', { timeout: 60_000 }, () => {
    const all = cruise(productFolder, ['shared', 'renderer']);
    expect(all.modules.length).toBeGreaterThan(300);
    expect(wayToSchemas(all)).toBeNull();
  });

  it.each([
    ['directly', "import { z } from 'zod'; z;", 'export {};', 'renderer/a.ts → zod'],
    [
      'through shared',
      "import { b } from '../shared/b.ts'; b;",
      "import { z } from 'zod'; export const b = z;",
    ],
    ['by handing on', "import { b } from '../shared/b.ts'; b;", "export { z as b } from 'zod';"],
    ['later', "await import('../shared/b.ts');", "import { z } from 'zod'; export const b = z;"],
    ['for its effects', "import '../shared/b.ts';", "import 'zod';"],
    [
      'beside a type',
      "import type { B } from '../shared/b.ts'; import { b } from '../shared/b.ts'; export const c: B = b;",
      "import { z } from 'zod'; export const b = z; export type B = unknown;",
    ],
  ])('is caught where it does: %s', (_how, page, other, way = 'renderer/a.ts → shared/b.ts → zod') => {
    const folder = treeOf({ 'renderer/a.ts': page, 'shared/b.ts': other });
    expect(wayToSchemas(cruise(folder, ['shared', 'renderer']))).toBe(way);
  });

  it('may have types of what has schemas', () => {
    const folder = treeOf({
      'renderer/a.ts': "import type { B } from '../shared/b.ts'; export type C = B;",
      'shared/b.ts': "import { z } from 'zod'; export const b = z; export type B = unknown;",
    });
    expect(wayToSchemas(cruise(folder, ['shared', 'renderer']))).toBeNull();
  });
});

describe('a known-bad import is caught', () => {
  it.each(BAD)('%s', (rule, from, source, to) => {
    const folder = treeOf({
      [to]: rule === 'no-circular' ? "import './a.ts';" : 'export {};',
      [from]: source,
    });
    const folders = [...new Set([from, to].map((path) => path.split('/')[0] ?? ''))];
    const { summary } = cruise(folder, folders);
    expect(summary.violations.map((violation) => violation.rule.name)).toContain(rule);
  });
});
