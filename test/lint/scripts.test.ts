/** What package.json and the documents tell people to run is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

it('every script runs files that are there', () => {
  const paths = Object.entries(scripts).flatMap(([name, command]) =>
    [...command.matchAll(/[\w./-]+\.(?:m?[jt]s|cjs|json)\b/gu)].map(([path]) => ({ name, path })),
  );
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it.each(['README.md', 'CONTRIBUTING.md', 'docs/statistics.md', 'docs/packs.md', 'docs/correction.md'])(
  '%s names scripts that are there',
  (document) => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    const named = [...text.matchAll(/npm run (?:--?\w+ )*([\w:-]+)/gu)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  },
);
