/** The import rules must catch what they forbid: each known-bad import is written to a scratch tree and cruised. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cruise, type IConfiguration } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import { productFolder } from '../../electron/core/ports/product.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BAD: readonly (readonly [rule: string, from: string, source: string, to: string])[] = [
  [
    'shared-imports-nothing-of-ours',
    'shared/study/a.ts',
    "import '../../electron/core/b.ts';",
    'electron/core/b.ts',
  ],
  ['stats-are-numbers-only', 'shared/stats/a.ts', "import '../study/b.ts';", 'shared/study/b.ts'],
  [
    'core-imports-core-and-shared',
    'electron/core/a.ts',
    "import '../hosts/http/b.ts';",
    'electron/hosts/http/b.ts',
  ],
  [
    'store-knows-no-service',
    'electron/core/store/a.ts',
    "import '../rating/b.ts';",
    'electron/core/rating/b.ts',
  ],
  [
    'desktop-imports-core',
    'electron/hosts/desktop/a.ts',
    "import '../http/b.ts';",
    'electron/hosts/http/b.ts',
  ],
  ['http-imports-core', 'electron/hosts/http/a.ts', "import '../cli/b.ts';", 'electron/hosts/cli/b.ts'],
  [
    'commands-go-through-the-contract',
    'electron/hosts/cli/commands/a.ts',
    "import type { A } from '../../../core/imports/b.ts'; export type B = A;",
    'electron/core/imports/b.ts',
  ],
  ['cli-starts-http', 'electron/hosts/cli/a.ts', "import '../desktop/b.ts';", 'electron/hosts/desktop/b.ts'],
  [
    'preload-knows-the-contract',
    'electron/preload/a.ts',
    "import '../../shared/study/b.ts';",
    'shared/study/b.ts',
  ],
  ['page-imports-shared', 'renderer/a.ts', "import '../electron/core/b.ts';", 'electron/core/b.ts'],
  ['page-has-no-node', 'renderer/a.ts', "import 'node:fs';", 'renderer/b.ts'],
  ['shared-has-no-platform', 'shared/study/a.ts', "import 'node:crypto';", 'shared/study/b.ts'],
  ['one-importer-of-the-database', 'electron/core/a.ts', "import 'better-sqlite3';", 'electron/core/b.ts'],
  [
    'electron-in-the-desktop-host',
    'electron/core/a.ts',
    "import type { App } from 'electron'; export type A = App;",
    'electron/core/b.ts',
  ],
  ['one-importer-of-hotkeys', 'renderer/a.ts', "import 'react-hotkeys-hook';", 'renderer/b.ts'],
  ['page-has-no-schemas', 'renderer/a.ts', "import 'zod';", 'renderer/b.ts'],
  ['unit-tests-start-nothing', 'test/unit/a.test.ts', "import 'node:child_process';", 'test/unit/b.ts'],
  ['nobody-imports-tests', 'shared/study/a.ts', "import '../../test/b.ts';", 'test/b.ts'],
  ['no-circular', 'shared/study/a.ts', "import './b.ts';", 'shared/study/b.ts'],
];

/** Doors with a single importer, or a few: anybody else is caught. */
const DOORS: readonly (readonly [rule: string, module: string])[] = [
  ['openai-where-judges-are-asked', 'openai'],
  ['archives-behind-their-readers', '@zip.js/zip.js'],
  ['one-reader-of-parquet', 'hyparquet'],
  ['one-writer-of-parquet', 'hyparquet-writer'],
  ['one-tokenizer', 'gpt-tokenizer'],
  ['one-opener-of-addresses', 'open'],
  ['one-source-of-randomness', 'pure-rand'],
  ['packs-are-unlocked-at-two-doors', 'age-encryption'],
];

/** Two folders that need each other though no two files do. */
const FOLDER_CIRCLES: readonly (readonly [how: string, files: Readonly<Record<string, string>>])[] = [
  [
    'beside each other',
    {
      'shared/a/one.ts': "import '../b/two.ts';",
      'shared/a/three.ts': 'export {};',
      'shared/b/two.ts': 'export {};',
      'shared/b/four.ts': "import '../a/three.ts';",
    },
  ],
  [
    'over a third, by types alone',
    {
      'shared/a/one.ts': "import '../b/two.ts';",
      'shared/a/six.ts': 'export type Six = 6;',
      'shared/b/two.ts': 'export {};',
      'shared/b/three.ts': "import '../c/four.ts';",
      'shared/c/four.ts': 'export {};',
      'shared/c/five.ts': "import type { Six } from '../a/six.ts'; export type Five = Six;",
    },
  ],
];

interface Cruised {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly {
      readonly resolved: string;
      readonly dependencyTypes: readonly string[];
    }[];
  }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

const { options, ...ruleSet } = createRequire(import.meta.url)('./imports.cjs') as IConfiguration;

/** What of a tree stands in some folders. */
async function cruiseIn(baseDir: string, folders: readonly string[]): Promise<Cruised> {
  const { output } = await cruise([...folders], { ...options, ruleSet, validate: true, baseDir });
  if (typeof output === 'string') throw new Error(output);
  return output;
}

let product: Promise<Cruised> | undefined;

/** All of the product, looked at once. */
function cruiseProduct(): Promise<Cruised> {
  product ??= cruiseIn(productFolder, ['shared', 'electron', 'renderer']);
  return product;
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
  it('reaches no schemas at run time, through whatever it imports', async () => {
    const all = await cruiseProduct();
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
  ])('is caught where it does: %s', async (_how, page, other, way = 'renderer/a.ts → shared/b.ts → zod') => {
    const folder = treeOf({ 'renderer/a.ts': page, 'shared/b.ts': other });
    expect(wayToSchemas(await cruiseIn(folder, ['shared', 'renderer']))).toBe(way);
  });

  it('may have types of what has schemas', async () => {
    const folder = treeOf({
      'renderer/a.ts': "import type { B } from '../shared/b.ts'; export type C = B;",
      'shared/b.ts': "import { z } from 'zod'; export const b = z; export type B = unknown;",
    });
    expect(wayToSchemas(await cruiseIn(folder, ['shared', 'renderer']))).toBeNull();
  });
});

/** Imports between folders that stand in a circle. The rule of the tool counts what is in a folder's folders as its own. */
function importsInFolderCircles({ modules }: Cruised): string[] {
  const needs = new Map<string, Set<string>>();
  const imports = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => [source, resolved] as const),
  );
  for (const [from, to] of imports) {
    const folders = needs.get(dirname(from)) ?? new Set();
    if (dirname(from) !== dirname(to) && !to.includes('node_modules')) folders.add(dirname(to));
    needs.set(dirname(from), folders);
  }
  const reachedFrom = (start: string) => {
    const reached = new Set([start]);
    for (const folder of reached) for (const next of needs.get(folder) ?? []) reached.add(next);
    return reached;
  };
  const reached = new Map([...needs.keys()].map((folder) => [folder, reachedFrom(folder)]));
  return imports
    .filter(([from, to]) => dirname(from) !== dirname(to))
    .filter(([from, to]) => reached.get(dirname(to))?.has(dirname(from)) === true)
    .map(([from, to]) => `${from} → ${to}`);
}

describe('rooms', () => {
  it('are needed by none that they need', async () => {
    expect(importsInFolderCircles(await cruiseProduct())).toEqual([]);
  });

  it('are caught where one stands in the other', async () => {
    const folder = treeOf({
      'electron/core/one.ts': "import './rating/two.ts';",
      'electron/core/three.ts': 'export {};',
      'electron/core/rating/two.ts': 'export {};',
      'electron/core/rating/four.ts': "import '../three.ts';",
    });
    expect(importsInFolderCircles(await cruiseIn(folder, ['electron']))).toHaveLength(2);
  });
});

/** Each known-bad import with the files of one tree that break its rule; those are numbered, so that one look finds all. */
const BREAKS = [
  ...BAD.map(([rule, from, source, to]) => ({
    rule,
    broken: { [from]: source },
    other: { [to]: rule === 'no-circular' ? "import './a.ts';" : 'export {};' },
  })),
  ...DOORS.map(([rule, module]) => ({
    rule,
    broken: { 'shared/study/a.ts': `import '${module}';`, 'electron/core/a.ts': `import '${module}';` },
    other: {},
  })),
].map(({ rule, broken, other }, place) => {
  const numbered = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(files).map((each) =>
        each.map((text) => text.replaceAll(/\b([ab])(?=\.(?:test\.)?tsx?\b)/gu, `$1-${place}`)),
      ),
    ) as Record<string, string>;
  return { rule, broken: numbered(broken), other: numbered(other) };
});

let caught: Promise<Cruised> | undefined;

async function violations(): Promise<Cruised['summary']['violations']> {
  caught ??= cruiseIn(treeOf(Object.assign({}, ...BREAKS.flatMap(({ broken, other }) => [other, broken]))), [
    'shared',
    'electron',
    'renderer',
    'test',
  ]);
  return (await caught).summary.violations;
}

describe('a known-bad import is caught', () => {
  it.each(BREAKS)('$rule', async ({ rule, broken }) => {
    const found = (await violations()).filter((violation) => violation.rule.name === rule);
    expect(found.map(({ from }) => from)).toEqual(expect.arrayContaining(Object.keys(broken)));
  });

  it.each(FOLDER_CIRCLES)('no-circular-folders: %s', async (_how, files) => {
    const folders = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))];
    const { violations } = (await cruiseIn(treeOf(files), folders)).summary;
    const names = violations.map((violation) => violation.rule.name);
    expect(names).toContain('no-circular-folders');
    expect(names).not.toContain('no-circular');
  });
});
