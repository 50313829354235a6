/** The README's judge run, against the simulated endpoint that ships, command for command. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { productFolder } from '../../electron/core/ports/product.ts';
import { commandLine } from '../support/command-line.ts';

describe('the README’s judge chapter', () => {
  it('runs as it stands, and each command exits as it says', async () => {
    const endpoint = spawn(process.execPath, [join(productFolder, 'resources', 'simulated-endpoint.mjs')], {
      env: { ...process.env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void endpoint.kill());
    const said = await new Promise<string>((resolve) =>
      endpoint.stdout.once('data', (data) => resolve(String(data))),
    );
    const address = /http:\S+/u.exec(said)?.[0] ?? '';
    const { run, store, folder } = commandLine();
    const file = join(folder, 'judge.json');
    const readme = readFileSync(join(productFolder, 'README.md'), 'utf8');
    const commands = [
      ...readme.matchAll(
        /^npx touchstone (judge (?:new|run|report|probe|compare)|study sample|agreement --study "Sample) ?[^\n]*$/gmu,
      ),
    ].map(([line]) => line);
    expect(commands.length).toBeGreaterThanOrEqual(6);
    for (const line of commands) {
      const [command = '', target] = line.replace(/#.*$/u, '').trim().split(' > ');
      const words = [...command.slice('npx touchstone '.length).matchAll(/"([^"]*)"|(\S+)/gu)].map(
        ([, quoted, plain]) => quoted ?? plain ?? '',
      );
      const args = words.map((word) =>
        word === 'http://127.0.0.1:8001/v1' ? address : word === 'judge.json' ? file : word,
      );
      const { code, out, complaint } = await run(...args, '--store', store);
      expect(code, `${line}\n${complaint}`).toBe(line.includes('# exits 1') ? 1 : 0);
      if (target === 'judge.json') writeFileSync(file, out);
    }
    expect(
      (
        await run(
          'judge',
          'report',
          '--study',
          'Sample study (synthetic)',
          '--judge',
          'longest@1',
          '--store',
          store,
        )
      ).out,
    ).toContain('60 of 60 pairs, 60 in both orders');
  });
});
