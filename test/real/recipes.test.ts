/** The recipes as somebody runs them: a program that prints rows, the command line that reads them, and the published figure. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { figuresById } from '../support/card-figures.ts';
import { commandLine } from '../support/command-line.ts';
import { expectedGuanaco, expectedLlmBar } from '../support/expected-figures.ts';
import { realDataFolder } from '../support/real-data.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SETS = [
  ['guanaco', realDataFolder('guanaco-vicuna'), expectedGuanaco, 1760],
  ['llmbar', realDataFolder('llmbar'), expectedLlmBar, 419],
] as const;

describe.each(SETS)('the recipe for %s', (name, folder, expectedOf, pairs) => {
  it.runIf(folder !== null)(
    'prints rows that give the figures of the data set',
    { timeout: 120_000 },
    async () => {
      const { status, stdout } = spawnSync(
        process.execPath,
        [join(import.meta.dirname, `${name}.ts`), folder ?? ''],
        { encoding: 'utf8', maxBuffer: 256 * 1024 ** 2 },
      );
      expect(status).toBe(0);
      expect(stdout.trimEnd().split('\n')).toHaveLength(pairs);
      const path = join(temporaryFolder(), `${name}.jsonl`);
      writeFileSync(path, stdout);
      const { run, store } = commandLine();
      expect((await run('import', path, '--study', name, '--store', store)).code).toBe(0);
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
    },
  );
});
