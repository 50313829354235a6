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
import { tries } from '../support/tries.ts';

const KILLS = tries(8, 110);
/** A child is killed within its first so many votes, and never gives more than twice as many. */
const MOST_VOTES = 20;

interface Life {
  readonly acknowledged: string[];
  readonly pending: { commandId: string; presentationId: string } | null;
}

/**
 * Lets a child vote until it has written so many lines, two a vote, and kills it. One that stops `anywhere` works on while the
 * signal is on its way; the others wait for it where a machine seldom does: with a vote that was not sent, or not answered.
 */
function liveAndDie(storePath: string, studyId: string, stop: string, votes: number): Promise<Life> {
  const lineCount = stop === 'unsent' ? 2 * votes - 1 : 2 * votes;
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        join(import.meta.dirname, 'voting-child.ts'),
        storePath,
        studyId,
        stop,
        String(stop === 'anywhere' ? 2 * MOST_VOTES : votes),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.split('\n').length > lineCount) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => {
      const lines = output.split('\n').slice(0, -1);
      const acknowledged = lines.flatMap((line) => (line.startsWith('ack ') ? [line.slice(4)] : []));
      const last = lines.at(-1)?.split(' ') ?? [];
      const isOpen = last[0] === 'try' || last[0] === 'kept';
      const pending = isOpen ? { commandId: last[1] ?? '', presentationId: last[2] ?? '' } : null;
      resolve({ acknowledged, pending });
    });
  });
}

describe('a process killed while votes are given', () => {
  it(`loses none in ${KILLS} kills and records retried ones once`, async () => {
    const storePath = join(temporaryFolder(), 'store.sqlite');
    const { value } = await openTestApp(storePath);
    const { studyId } = await importText(storePath, jsonLines(nativeRows(2 * KILLS * MOST_VOTES)));
    const random = seededRandom('crash');
    const acknowledged: string[] = [];
    let retried = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const stop = ['anywhere', 'unsent', 'anywhere', 'unanswered'][kill % 4] ?? 'anywhere';
      const life = await liveAndDie(storePath, studyId ?? '', stop, 2 + random.below(MOST_VOTES - 1));
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
    expect(retried).toBeGreaterThanOrEqual(KILLS / 2);
    expect(new Set(stored).size).toBe(stored.length);
    expect([...stored].sort()).toEqual([...acknowledged].sort());
    expect(perPresentation).toBe(1);
    expect((await value('doctor.report', {})).problems).toEqual([]);
    expect(integrityProblems(storePath)).toEqual([]);
  });
});
