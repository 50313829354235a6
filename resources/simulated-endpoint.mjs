/**
 * A simulated OpenAI-compatible endpoint, to try a judge run without a model: `node resources/simulated-endpoint.mjs`.
 * It prefers the longer output, leans to the first place where they are close, and now and then gives no verdict before it is
 * asked again.
 */
import { createServer } from 'node:http';

const PORT = Number(process.env.PORT ?? 8001);
const LATENCY_MS = 30;
const MOST_BYTES = 4_000_000;

/** Prompts that got no verdict when they came last. */
const unanswered = new Set();

const server = createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MOST_BYTES) return response.writeHead(413).end();
  }
  const body = parsed(text);
  if (request.method !== 'POST' || !request.url?.endsWith('/chat/completions') || body === null) {
    return response
      .writeHead(404, { 'content-type': 'application/json' })
      .end('{"error":{"message":"only chat completions are simulated"}}');
  }
  const prompt = String(body.messages?.at(-1)?.content ?? '');
  const content = reply(prompt);
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        object: 'chat.completion',
        model: body.model,
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
        usage: usage(prompt, content),
      }),
    );
  }, LATENCY_MS);
});

server.listen(PORT, '127.0.0.1', () => {
  console.log(
    `A simulated endpoint, which judges by length, at http://127.0.0.1:${server.address().port}/v1`,
  );
});

function reply(prompt) {
  const lengths = ['OUTPUT A', 'OUTPUT B'].map((name) => between(prompt, name).length);
  if ((lengths[0] * 31 + lengths[1] * 17) % 20 === 0 && !unanswered.delete(prompt)) {
    unanswered.add(prompt);
    return 'Both outputs have their merits.';
  }
  const verdict = lengths[1] > 1.15 * lengths[0] ? 'B' : 'A';
  return `Output ${verdict} says more about it.\n\n[[${verdict}]]`;
}

function between(prompt, name) {
  const fence = new RegExp(`<<<${name} ([0-9a-f]{8})>>>\\n`).exec(prompt);
  if (fence === null) return '';
  const from = fence.index + fence[0].length;
  const to = prompt.indexOf(`\n<<<END OF ${name} ${fence[1]}>>>`, from);
  return to < 0 ? '' : prompt.slice(from, to);
}

function usage(prompt, content) {
  const [prompt_tokens, completion_tokens] = [prompt, content].map((text) => Math.ceil(text.length / 4));
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
