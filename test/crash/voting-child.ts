/** Votes as fast as it can and writes each acknowledged command id to standard output, until it is killed. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { createClient } from '../../shared/contract/client.ts';

const [storePath = '', studyId = ''] = process.argv.slice(2);
const app = await createApp({ clock: systemClock, entropy: systemEntropy, host: 'in_process', storePath });
const client = createClient(app);
const begun = await client.call('rating.begin', { studyId, rater: 'ada' });
if (!begun.ok) throw new Error(begun.error.message);
let { queue } = begun.value;
while (queue[0] !== undefined) {
  const commandId = randomUUID();
  // The intention is written first, so that the parent can retry a vote whose reply never came.
  writeSync(1, `try ${commandId} ${queue[0].presentationId}\n`);
  const reply = await client.call('rating.submit', {
    session: begun.value.session,
    commandId,
    presentationId: queue[0].presentationId,
    answer: 'left',
    viewedMs: 400,
  });
  if (!reply.ok) throw new Error(reply.error.message);
  writeSync(1, `ack ${commandId}\n`);
  queue = reply.value.queue;
}
