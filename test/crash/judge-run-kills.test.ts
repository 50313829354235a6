/** Judge runs killed at random moments: nothing that was answered and kept is asked again, nothing is judged twice. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Store } from '../../electron/core/store/engine/database.ts';
import { openRequests } from '../../electron/core/store/judging/judge-runs.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { type ChatServer, startChatServer } from '../support/chat-server.ts';
import { addJudge, judgeStudy, judgmentRows, PAIRWISE, rowsOf } from '../support/judge-study.ts';
import { tries } from '../support/tries.ts';

const CHILD = join(import.meta.dirname, 'judge-run-child.ts');
const KILLS = tries(3, 26);
const PAIRS = tries(200, 1200);
/** As in the child. */
const CONCURRENCY = 6;

/** Starts a run and kills it once the server has seen some more requests; true when it ended by itself first. */
function runAndKill(args: readonly string[], server: ChatServer, afterRequests: number): Promise<boolean> {
  const until = server.asked.length + afterRequests;
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const watch = setInterval(() => {
    if (server.asked.length >= until) child.kill('SIGKILL');
  }, 1);
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      clearInterval(watch);
      resolve(code === 0);
    }),
  );
}

describe('a judge run killed again and again', () => {
  // Side by side in one test: what is removed after a test belongs to both.
  it('is paid once for each judgment that is kept', async () => {
    await Promise.all([killedAgainAndAgain(true), killedAgainAndAgain(false)]);
  });
});

/** @param honoursKeys whether the provider knows a question again by its key, or charges every answer */
async function killedAgainAndAgain(honoursKeys: boolean): Promise<void> {
  const server = await startChatServer({ honoursKeys, latencyMs: 3 });
  const place = await judgeStudy(PAIRS);
  const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
  const { below } = seededRandom(`kills ${honoursKeys}`);
  let kills = 0;
  let leaving = 0;
  for (let run = 0; kills < KILLS; run++) {
    const ended = await runAndKill(
      [place.storePath, place.studyId, judge, `run-${run}`],
      server,
      1 + below(60),
    );
    expect(ended, 'the study was too small for so many kills').toBe(false);
    kills++;
    // What is kept was answered: no row without an answer, none twice.
    const kept = rowsOf<{ key: string }>(
      place.storePath,
      'SELECT pair_id || judge_order AS key FROM judgments',
    );
    expect(new Set(kept.map(({ key }) => key)).size).toBe(kept.length);
    expect(kept.length).toBeLessThanOrEqual(server.answered.size);
    // What the server saw and is not kept is in doubt.
    leaving = uncertainIn(place.storePath) - (server.asked.length - kept.length);
    expect(leaving).toBeGreaterThanOrEqual(0);
  }
  // Besides, only what was just leaving: noted, and not sent any more.
  expect(leaving).toBeLessThanOrEqual(KILLS * (CONCURRENCY - 1));
  await runAndKill([place.storePath, place.studyId, judge, 'last'], server, Number.POSITIVE_INFINITY);
  const rows = judgmentRows(place.storePath);
  expect(rows).toHaveLength(2 * PAIRS);
  expect(
    rows.every(({ verdict, attempt }) => attempt === 0 && (verdict === 'first' || verdict === 'tie')),
  ).toBe(true);
  expect(server.answered.size).toBe(2 * PAIRS);
  const paidTwice = [...server.answered.values()].filter((times) => times > 1).length;
  const uncertain = uncertainIn(place.storePath);
  if (honoursKeys) expect(paidTwice).toBe(0);
  // Whoever charges every answer was paid twice for what was under way at a kill, and the store says how much at most.
  expect(paidTwice).toBeLessThanOrEqual(uncertain);
  expect(uncertain).toBeGreaterThan(0);
  await server.close();
}

function uncertainIn(storePath: string): number {
  const store = new Store(storePath, { readonly: true });
  const [version] = store.query<{ id: number }>('SELECT judge_id AS id FROM judge_versions').all();
  const uncertain = openRequests(store, version?.id ?? 0, 'sent');
  store.close();
  return uncertain;
}
