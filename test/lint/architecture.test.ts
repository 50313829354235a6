/** The ways through the house lead through functions that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const DOCUMENT = join(import.meta.dirname, '../../docs/architecture.md');

it('docs/architecture.md names what stands in the files it points to', () => {
  const links = [...readFileSync(DOCUMENT, 'utf8').matchAll(/\[(\w+)\]\(([^)]+)\)/gu)];
  expect(links.length).toBeGreaterThan(30);
  const lost = links.filter(([, name = '', path = '']) => {
    const file = join(dirname(DOCUMENT), path);
    return (
      !existsSync(file) ||
      !new RegExp(`(?:function\\*?|class|const|type|interface) ${name}\\b`, 'u').test(
        readFileSync(file, 'utf8'),
      )
    );
  });
  expect(lost.map(([link]) => link)).toEqual([]);
});
