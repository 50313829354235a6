/**
 * A real HTTP server that speaks chat completions and misbehaves on demand. It judges by length: whatever stands longer
 * between the fences wins, so every verdict can be checked.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly body: Readonly<Record<string, unknown>> & {
    readonly messages: readonly { content: string }[];
    readonly model: string;
  };
  readonly idempotencyKey: string;
  readonly authorization: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly path: string;
}

/** What to do with a request; `undefined` to answer it well. The number counts requests from 1. */
export type Misbehaviour = (asked: Asked, count: number) => Fault | undefined;

export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    }
  | {
      readonly kind:
        | 'reset'
        | 'reset_in_body'
        | 'cut_json'
        | 'silence'
        | 'not_json'
        | 'empty_choices'
        | 'error_in_200';
    }
  | {
      readonly kind: 'text';
      readonly text: string | Buffer;
      readonly contentType?: string;
      readonly encoding?: string;
    }
  | { readonly kind: 'drip'; readonly totalMs: number }
  | { readonly kind: 'redirect'; readonly to: string }
  | {
      readonly kind: 'reply';
      readonly content: string;
      readonly finishReason?: string;
      readonly refusal?: string;
      readonly model?: string;
      readonly usage?: unknown;
    };

export interface ChatServer {
  readonly endpoint: string;
  readonly asked: Asked[];
  /** How often each question was answered, by its key: what a provider would have charged. */
  readonly answered: Map<string, number>;
  /** The most requests that were open at one time. */
  mostOpen(): number;
  misbehave(how: Misbehaviour | undefined): void;
  close(): Promise<void>;
}

export async function startChatServer(
  options: { readonly latencyMs?: number; readonly honoursKeys?: boolean } = {},
): Promise<ChatServer> {
  const asked: Asked[] = [];
  const answered = new Map<string, number>();
  const kept = new Map<string, string>();
  let misbehaviour: Misbehaviour | undefined;
  let [open, mostOpen] = [0, 0];
  const server = createServer(async (request, response) => {
    open++;
    mostOpen = Math.max(mostOpen, open);
    response.on('close', () => open--);
    const body = JSON.parse(await textOf(request));
    const one: Asked = {
      body,
      idempotencyKey: String(request.headers['idempotency-key'] ?? ''),
      authorization: request.headers.authorization,
      headers: request.headers,
      path: request.url ?? '',
    };
    const count = asked.push(one);
    if (options.latencyMs !== undefined)
      await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
    const fault = misbehaviour?.(one, count);
    if (fault !== undefined && fault.kind !== 'reply') {
      misbehaveWith(fault, response);
      return;
    }
    // A provider that knows the key gives the same answer again and charges nothing for it.
    const known = options.honoursKeys === true ? kept.get(one.idempotencyKey) : undefined;
    const text = known ?? JSON.stringify(completion(one, fault));
    if (known === undefined) answered.set(one.idempotencyKey, (answered.get(one.idempotencyKey) ?? 0) + 1);
    kept.set(one.idempotencyKey, text);
    response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': `req-${count}` }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    answered,
    mostOpen: () => mostOpen,
    misbehave: (how) => {
      misbehaviour = how;
    },
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function misbehaveWith(fault: Exclude<Fault, { kind: 'reply' }>, response: ServerResponse): void {
  const json = { 'content-type': 'application/json' };
  switch (fault.kind) {
    case 'status':
      response
        .writeHead(fault.status, { ...json, ...fault.headers })
        .end(JSON.stringify(fault.body ?? { error: { message: `synthetic ${fault.status}` } }));
      return;
    case 'redirect':
      response.writeHead(307, { location: fault.to }).end();
      return;
    case 'reset':
      response.destroy();
      return;
    case 'reset_in_body':
      response.writeHead(200, { ...json, 'content-length': '1000' }).write('{"choices": [');
      setTimeout(() => response.destroy(), 5);
      return;
    case 'cut_json':
      response.writeHead(200, json).end('{"choices": [{"message": {"content": "[[A');
      return;
    case 'not_json':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>a proxy’s page</html>');
      return;
    case 'empty_choices':
      response.writeHead(200, json).end(JSON.stringify({ model: 'm', choices: [] }));
      return;
    case 'error_in_200':
      response.writeHead(200, json).end(JSON.stringify({ error: { message: 'the engine is loading' } }));
      return;
    case 'silence':
      return;
    case 'text':
      response
        .writeHead(200, {
          'content-type': fault.contentType ?? 'text/event-stream',
          ...(fault.encoding === undefined ? {} : { 'content-encoding': fault.encoding }),
        })
        .end(fault.text);
      return;
    case 'drip': {
      response.writeHead(200, json).write('{');
      const timer = setInterval(() => response.write(' '), 20);
      setTimeout(() => {
        clearInterval(timer);
        response.end('"choices": []}');
      }, fault.totalMs);
    }
  }
}

function completion({ body }: Asked, fault: Extract<Fault, { kind: 'reply' }> | undefined): unknown {
  const content = fault?.content ?? verdictByLength(body);
  return {
    id: 'synthetic',
    object: 'chat.completion',
    created: 0,
    model: fault?.model ?? body.model,
    choices: [
      {
        index: 0,
        finish_reason: fault?.finishReason ?? 'stop',
        message: { role: 'assistant', content, refusal: fault?.refusal ?? null },
        ...(body.logprobs === true ? { logprobs: { content: logProbabilities(content) } } : {}),
      },
    ],
    usage: fault?.usage ?? { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
  };
}

/** The longer output wins; equal ones tie. A single output scores its length in tens, up to 10. */
export function verdictByLength(body: Asked['body']): string {
  const prompt = body.messages.at(-1)?.content ?? '';
  const between = (name: string) =>
    new RegExp(`<<<${name} (\\w{8})>>>\\n([^]*?)\\n<<<END OF ${name} \\1>>>`, 'u').exec(prompt)?.[2] ?? '';
  const [one, two] = [between('OUTPUT A').length, between('OUTPUT B').length];
  const letter = one > two ? 'A' : one < two ? 'B' : 'tie';
  if (body.response_format !== undefined) return JSON.stringify({ rationale: 'By length.', verdict: letter });
  if (one === 0 && two === 0)
    return `Length.\n\n[[${Math.min(10, Math.max(1, Math.round(between('OUTPUT').length / 10)))}]]`;
  return `By length.\n\n[[${letter === 'tie' ? 'C' : letter}]]`;
}

function logProbabilities(content: string) {
  const found = /\[\[([ABC])\]\]/u.exec(content);
  const letter = found?.[1] ?? 'A';
  const before = content.slice(0, found?.index ?? 0);
  const token = (text: string, alternatives: Record<string, number>) => ({
    token: text,
    logprob: Math.log(alternatives[text] ?? 1),
    bytes: null,
    top_logprobs: Object.entries(alternatives).map(([each, probability]) => ({
      token: each,
      logprob: Math.log(probability),
      bytes: null,
    })),
  });
  const other = letter === 'A' ? 'B' : 'A';
  return [
    token(before, { [before]: 1 }),
    token('[[', { '[[': 1 }),
    token(letter, { [letter]: 0.8, [other]: 0.2 }),
    token(']]', { ']]': 1 }),
  ];
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
