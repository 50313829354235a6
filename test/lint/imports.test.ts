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

describe('a known-bad import is caught', () => {
  it.each(BAD)('%s', (rule, from, source, to) => {
    const folder = temporaryFolder();
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    write(to, rule === 'no-circular' ? "import './a.ts';" : 'export {};');
    write(from, source);
    symlinkSync(join(productFolder, 'node_modules'), join(folder, 'node_modules'));
    const { stdout } = spawnSync(
      process.execPath,
      [
        join(productFolder, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        join(productFolder, 'test/lint/imports.cjs'),
        '--output-type',
        'json',
        ...new Set([from, to].map((path) => path.split('/')[0] ?? '')),
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
    expect(summary.violations.map((violation) => violation.rule.name)).toContain(rule);
  });
});
