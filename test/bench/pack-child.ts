/** One step of the pack bench in a process of its own, so that its peak memory is its own, and in a thread where the product has one. */
import { randomUUID } from 'node:crypto';
import type { makePack } from '../../electron/core/packs/make-pack.ts';
import type { mergeReturns } from '../../electron/core/packs/merge-returns.ts';
import type { openPack } from '../../electron/core/packs/open-pack.ts';
import { MERGE, OPENING, PACK } from '../../electron/core/packs/tasks.ts';
import { writeReturn } from '../../electron/core/packs/write-return.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import {
  addDone,
  appendLogLine,
  keepClaim,
  openedPacks,
  packedPairs,
} from '../../electron/core/store/packs/opened-packs.ts';
import { runInWorker } from '../../electron/core/work/run-in-worker.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import type { RequestOf } from '../../electron/core/work/worker-task.ts';
import { canonicalJson } from '../../shared/json/canonical-json.ts';
import { textSha256 } from '../../shared/json/content-hash.ts';
import type { PackManifest } from '../../shared/pack/pack-manifest.ts';
import { chainHash } from '../../shared/pack/return-chain.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { FIRST_VOTE_AT, VOTE_MS } from './pack-times.ts';
import { peakMib } from './peak-memory.ts';

/** Votes of one rater as a window would have recorded them, written in one transaction: a window syncs each to disk. */
function simulateVotes(storePath: string, rater: string, from: number, to: number): number {
  const store = new Store(storePath, { readonly: false });
  const [pack] = openedPacks(store);
  if (pack === undefined) throw new Error('no pack is open');
  const pairs = packedPairs(store, pack.packId, rater).slice(from, to);
  const random = seededRandom(`votes ${rater} ${from}`);
  store.write((store) => {
    keepClaim(store, { packId: pack.packId, rater }, `${rater}-${from}`, null);
    let { rows: n, chain } = pack;
    for (const { id } of pairs) {
      n++;
      const line = canonicalJson({
        n,
        type: 'vote',
        rater,
        presentation: id,
        command: randomUUID(),
        at: FIRST_VOTE_AT + VOTE_MS * n,
        answer: (['left', 'right', 'tie'] as const)[random.below(3)],
        guideline: 1,
        viewedMs: 9000 + random.below(9000),
        idleMs: 0,
      });
      chain = chainHash(chain, textSha256(line));
      appendLogLine(store, pack.packId, { n, rater, command: String(n), at: n, line, chain });
    }
    addDone(store, pack.packId, rater, pairs.length);
  });
  store.close();
  return pairs.length;
}

/** The header that a vendor's window would give its return. */
function headerOf(storePath: string) {
  const store = new Store(storePath, { readonly: false });
  const [pack] = openedPacks(store);
  if (pack === undefined) throw new Error('no pack is open');
  const manifest = JSON.parse(pack.manifest) as PackManifest;
  const key =
    store.query<{ key: string }>('SELECT public_key AS key FROM signing_key').get()?.key ?? 'A'.repeat(43);
  store.close();
  return {
    touchreturn: 1 as const,
    packId: pack.packId,
    revision: pack.revision,
    manifestSha256: pack.manifestSha256,
    study: manifest.study.id,
    key,
  };
}

const STEPS = {
  make: async (request: RequestOf<typeof makePack>) =>
    (await runInWorker(PACK, request, NO_CONTROLS)).presentations,
  open: async (request: RequestOf<typeof openPack>) => {
    await runInWorker(OPENING, request, NO_CONTROLS);
    return 0;
  },
  vote: async (requests: readonly { storePath: string; rater: string; from: number; to: number }[]) =>
    requests.reduce(
      (sum, { storePath, rater, from, to }) => sum + simulateVotes(storePath, rater, from, to),
      0,
    ),
  return: async (requests: readonly { storePath: string; target: string }[]) => {
    let rows = 0;
    for (const { storePath, target } of requests)
      rows += writeReturn({
        storePath,
        header: headerOf(storePath),
        isComplete: false,
        target,
        nowMs: 1,
      }).rows;
    return rows;
  },
  merge: async (request: RequestOf<typeof mergeReturns>) => {
    const { files, taken, keptAside } = await runInWorker(MERGE, request, NO_CONTROLS);
    const [aside] = files.flatMap(({ rows }) => rows);
    if (keptAside > 0)
      throw new Error(`${keptAside} rows were kept aside, the first as ${aside?.class}: ${aside?.reason}`);
    return taken;
  },
} as const;

process.once('message', (message) => {
  const { step, request } = message as { step: keyof typeof STEPS; request: never };
  const started = performance.now();
  STEPS[step](request)
    .then((rows) => {
      const ms = performance.now() - started;
      process.send?.({ rows, ms, peakMib: peakMib() });
    })
    .catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    })
    .finally(() => process.disconnect());
});
