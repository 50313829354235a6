/** A process that answers chat completions after a fixed time, for `npm run bench:judge`. Synthetic: every verdict is A. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const latencyMs = Number(process.argv[2] ?? 5);
const body = JSON.stringify({
  model: 'synthetic',
  choices: [
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Because.\n\n[[A]]' } },
  ],
  usage: { prompt_tokens: 200, completion_tokens: 10, total_tokens: 210 },
});

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(body), latencyMs);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
