/**
 * Votes as fast as it can and writes each acknowledged command id to standard output, until it is killed:
 * `node voting-child.ts STORE STUDY anywhere|unsent|unanswered VOTES`. After so many votes, or within the last, it waits for that.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { createClient } from '../../shared/contract/client.ts';

const [storePath = '', studyId = '', stop = '', votes = ''] = process.argv.slice(2);
const app = await createApp({ clock: systemClock, entropy: systemEntropy, host: 'in_process', storePath });
const client = createClient(app);
const begun = await client.call('rating.begin', { studyId, rater: 'ada' });
if (!begun.ok) throw new Error(begun.error.message);
let { queue } = begun.value;
for (let vote = 1; queue[0] !== undefined; vote++) {
  const isLast = vote === Number(votes);
  const commandId = randomUUID();
  // The intention is written first, so that the parent can retry a vote whose reply never came.
  writeSync(1, `try ${commandId} ${queue[0].presentationId}\n`);
  if (isLast && stop === 'unsent') await death();
  const reply = await client.call('rating.submit', {
    session: begun.value.session,
    commandId,
    presentationId: queue[0].presentationId,
    answer: 'left',
    viewedMs: 400,
  });
  if (!reply.ok) throw new Error(reply.error.message);
  if (isLast && stop === 'unanswered') {
    writeSync(1, `kept ${commandId} ${queue[0].presentationId}\n`);
    await death();
  }
  writeSync(1, `ack ${commandId}\n`);
  if (isLast) await death();
  queue = reply.value.queue;
}

function death(): Promise<never> {
  setInterval(() => undefined, 60_000);
  return new Promise(() => undefined);
}
