/** Killed at any instant, no acknowledged vote is lost, and a retried one is recorded once. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { integrityProblems } from '../../electron/core/store/engine/backup.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const KILLS = 110;
const LONGEST_LIFE_MS = 120;

interface Life {
  readonly acknowledged: string[];
  readonly pending: { commandId: string; presentationId: string } | null;
}

/** Lets a child vote for a while and kills it. Time counts from its first vote. */
function liveAndDie(storePath: string, studyId: string, lifeMs: number): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'voting-child.ts'), storePath, studyId],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (output === '') setTimeout(() => child.kill('SIGKILL'), lifeMs);
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', () => {
      const lines = output.split('\n').slice(0, -1);
      const acknowledged = lines.flatMap((line) => (line.startsWith('ack ') ? [line.slice(4)] : []));
      const last = lines.at(-1)?.split(' ') ?? [];
      const pending = last[0] === 'try' ? { commandId: last[1] ?? '', presentationId: last[2] ?? '' } : null;
      resolve({ acknowledged, pending });
    });
  });
}

describe('a process killed while votes are given', () => {
  it(`loses none in ${KILLS} kills and records retried ones once`, async () => {
    const storePath = join(temporaryFolder(), 'store.sqlite');
    const { value } = await openTestApp(storePath);
    const { studyId } = await importText(storePath, jsonLines(nativeRows(40_000)));
    const random = seededRandom('crash');
    const acknowledged: string[] = [];
    let retried = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const life = await liveAndDie(storePath, studyId ?? '', random.below(LONGEST_LIFE_MS));
      acknowledged.push(...life.acknowledged);
      if (life.pending !== null) {
        const { session } = await value('rating.begin', { studyId: studyId ?? '', rater: 'ada' });
        const vote = { session, ...life.pending, answer: 'left' as const, viewedMs: 400 };
        const once = await value('rating.submit', vote);
        const twice = await value('rating.submit', vote);
        expect(twice.receipt).toEqual(once.receipt);
        acknowledged.push(life.pending.commandId);
        retried++;
      }
    }
    const store = new Store(storePath, { readonly: true });
    const stored = store
      .query<{ commandId: string }>('SELECT command_id AS commandId FROM ratings')
      .all()
      .map(({ commandId }) => commandId);
    const perPresentation = store
      .query<{ most: number }>(
        'SELECT max(n) AS most FROM (SELECT count(*) AS n FROM ratings GROUP BY presentation_id)',
      )
      .get()?.most;
    store.close();
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    expect(retried).toBeGreaterThan(10);
    expect(new Set(stored).size).toBe(stored.length);
    expect([...stored].sort()).toEqual([...acknowledged].sort());
    expect(perPresentation).toBe(1);
    expect((await value('doctor.report', {})).problems).toEqual([]);
    expect(integrityProblems(storePath)).toEqual([]);
  });
});
