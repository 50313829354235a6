/** The recipes as somebody runs them: a mapping, or a program that prints rows; the command line; and the published figure. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { productFolder } from '../../electron/core/ports/product.ts';
import { guanacoRows } from '../real/guanaco.ts';
import { figuresById } from '../support/card-figures.ts';
import { commandLine } from '../support/command-line.ts';
import { expectedGuanaco, expectedLlmBar } from '../support/expected-figures.ts';
import { realDataFolder } from '../support/real-data.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The rows of LLMBar, as the program prints them. */
function printedRows(folder: string): string[] {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../real/llmbar.ts'), folder],
    {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 ** 2,
    },
  );
  expect(status).toBe(0);
  const path = join(temporaryFolder(), 'llmbar.jsonl');
  writeFileSync(path, stdout);
  return [path];
}

/** The files of Guanaco's evaluation as they lie, and the mapping that reads them. */
function mappedFiles(folder: string): string[] {
  const files = ['prompts', 'generations', 'ratings-human', 'ratings-gpt4'].flatMap((inside) =>
    readdirSync(join(folder, inside))
      .filter((name) => name !== 'vicuna_prompt_threeclass.jsonl')
      .map((name) => join(folder, inside, name)),
  );
  return [...files, '--map', join(productFolder, 'resources', 'mappings', 'guanaco-vicuna.json')];
}

const SETS = [
  ['guanaco', realDataFolder('guanaco-vicuna'), expectedGuanaco, 1760, mappedFiles],
  ['llmbar', realDataFolder('llmbar'), expectedLlmBar, 419, printedRows],
] as const;

describe.each(SETS)('the recipe for %s', (name, folder, expectedOf, pairs, filesOf) => {
  it.runIf(folder !== null)('gives the figures of the data set', async () => {
    const { run, store } = commandLine();
    const files = filesOf(folder ?? '');
    const imported = await run('import', ...files, '--study', name, '--store', store, '--json');
    expect(JSON.parse(imported.out)).toMatchObject({ counts: { pairsAdded: pairs } });
    const [card] = expectedOf(folder ?? '');
    if (card === undefined) throw new Error('nothing is expected');
    const policies = Object.entries(card.options).flatMap(([option, policy]) => [
      `--${option.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`,
      String(policy),
    ]);
    const { out } = await run(
      ...['agreement', '--study', name, '--judge', card.judge, '--json', '--store', store],
      ...(card.slice === null ? [] : ['--slice', `${card.slice.name}=${card.slice.value}`]),
      ...policies,
    );
    const [found] = JSON.parse(out).cards;
    const figures = figuresById(found.parts);
    let compared = 0;
    for (const { id, value } of card.figures) {
      // Systems have stand-ins for names while a study is blind; everything else has its name.
      const figure = figures.get(id);
      if (figure === undefined || Number.isNaN(value)) continue;
      compared++;
      expect(figure.value, id).toBeCloseTo(value, 10);
    }
    expect(compared).toBeGreaterThan(10);
  });
});

it.runIf(realDataFolder('guanaco-vicuna') !== null)(
  'the mapping for Guanaco gives the rows that a program makes',
  async () => {
    const folder = realDataFolder('guanaco-vicuna') ?? '';
    const { run, store, folder: out } = commandLine();
    await run('import', ...mappedFiles(folder), '--store', store);
    await run('export', '--study', 'Guanaco', '--out', out, '--store', store);
    const inOrder = (rows: unknown[]) =>
      (rows as { id: string; human?: object[]; judge?: { order: string }[] }[])
        .map(({ id, human = [], judge = [], ...row }) => ({
          id,
          row: JSON.stringify([
            Reflect.get(row, 'prompt'),
            Reflect.get(row, 'a'),
            Reflect.get(row, 'b'),
            Reflect.get(row, 'slices'),
          ]),
          human,
          judge: judge.toSorted((one, other) => (one.order < other.order ? -1 : 1)),
        }))
        .sort((one, other) => (one.id < other.id ? -1 : 1));
    const stored = readFileSync(join(out, 'comparisons.jsonl'), 'utf8').trimEnd().split('\n');
    expect(inOrder(stored.map((line) => JSON.parse(line) as unknown))).toEqual(
      inOrder(JSON.parse(JSON.stringify(guanacoRows(folder))) as unknown[]),
    );
  },
);
