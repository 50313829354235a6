/** Asks an app in a process of its own for a card and for the raters' page, and prints what they cost as JSON. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { PART_NAMES, type PartName } from '../../shared/card/figures/figure.ts';
import { createClient } from '../../shared/contract/client.ts';
import { MADE_STUDY } from './made-store.ts';
import { peakMib } from './peak-memory.ts';

/** CPU seconds of all threads, and the most memory that the process took. */
export interface ReportCosts {
  /** Until the part with the card's first sentence is there. */
  readonly first: number;
  readonly whole: number;
  readonly firstAfterVote: number;
  readonly wholeAfterVote: number;
  readonly raters: number;
  readonly peakMib: number;
}

const [storePath = ''] = process.argv.slice(2);
const app = await createApp({
  clock: systemClock,
  entropy: systemEntropy,
  host: 'http',
  storePath,
  keys: { read: async () => null, write: async () => {}, remove: async () => {}, origins: async () => [] },
});
const client = createClient(app);
const studyId = MADE_STUDY.publicId;

async function costOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Both are asked for at once, as a page does; the first is there before the whole is. */
async function cardCosts(): Promise<{ first: number; whole: number }> {
  const ask = async (parts: readonly PartName[]) => {
    const reply = await client.call('agreement.card', { studyId, parts: [...parts] });
    if (!reply.ok) throw new Error(reply.error.message);
  };
  const [first, whole] = await Promise.all([costOf(() => ask(['standing'])), costOf(() => ask(PART_NAMES))]);
  return { first, whole };
}

const { first, whole } = await cardCosts();
// Nobody votes within the second: the thread that worked the card out has come to rest.
await sleep(1000);
const store = new Store(storePath, { readonly: false });
store.write((store) =>
  store.run(
    "INSERT INTO ratings (rater_id, pair_id, kind, verdict, recorded_at) VALUES (1, 2, 'vote', 'tie', 5)",
  ),
);
store.close();
const after = await cardCosts();
await sleep(1000);
const raters = await costOf(() => client.call('quality.raters', { studyId }));
console.log(
  JSON.stringify({
    first,
    whole,
    firstAfterVote: after.first,
    wholeAfterVote: after.whole,
    raters,
    peakMib: peakMib(),
  } satisfies ReportCosts),
);
await app.close();
