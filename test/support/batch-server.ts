/** A real HTTP server with the Files and Batch API as OpenAI has them. Its batches go on when they are told to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Asked, verdictByLength } from './chat-server.ts';

export interface BatchLine {
  readonly custom_id: string;
  readonly body: Asked['body'];
}

interface Batch {
  readonly id: string;
  readonly input_file_id: string;
  readonly [field: string]: unknown;
}

/** What to do instead of answering: a status with a body, or to answer nobody after having done it. */
export type BatchFault =
  | { readonly status: number; readonly body?: unknown }
  | 'lose_the_answer'
  | 'cut_the_file';

export interface BatchServer {
  readonly endpoint: string;
  /** Method and path of every request, with its headers. */
  readonly asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  readonly files: Map<string, string>;
  readonly batches: Map<string, Batch>;
  misbehave(how: ((path: string, count: number) => BatchFault | undefined) | undefined): void;
  /** Moves every batch to a state, with answers to its first requests and errors for others in its files. */
  move(status: string, answered?: number, failed?: number): void;
  close(): Promise<void>;
}

export async function startBatchServer(): Promise<BatchServer> {
  const asked: BatchServer['asked'] = [];
  const files = new Map<string, string>();
  const batches = new Map<string, Batch>();
  let misbehaviour: ((path: string, count: number) => BatchFault | undefined) | undefined;
  const server = createServer(async (request, response) => {
    const path = `${request.method} ${request.url}`;
    asked.push({ path, headers: request.headers });
    const bytes = await bytesOf(request);
    const fault = misbehaviour?.(path, asked.length);
    if (typeof fault === 'object') {
      json(response, fault.body ?? { error: { message: `synthetic ${fault.status}` } }, fault.status);
      return;
    }
    if (fault === 'lose_the_answer') {
      const reply = await handle(path, bytes, request);
      void reply;
      response.destroy();
      return;
    }
    const reply = await handle(path, bytes, request);
    if (reply === null) json(response, { error: { message: 'Not Found' } }, 404);
    else if (typeof reply !== 'string') json(response, reply, 200);
    else {
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-length': Buffer.byteLength(reply),
      });
      if (fault === 'cut_the_file') {
        response.write(reply.slice(0, reply.length / 2));
        setTimeout(() => response.destroy(), 20);
      } else response.end(reply);
    }
  });

  async function handle(
    path: string,
    bytes: Buffer<ArrayBuffer>,
    request: IncomingMessage,
  ): Promise<object | string | null> {
    if (path === 'POST /v1/files') {
      const form = await new Response(bytes, {
        headers: { 'content-type': String(request.headers['content-type']) },
      }).formData();
      const file = form.get('file');
      if (form.get('purpose') !== 'batch' || file === null || typeof file === 'string') return null;
      const id = `file-${files.size + 1}`;
      files.set(id, await file.text());
      return {
        id,
        object: 'file',
        bytes: file.size,
        filename: file.name,
        purpose: 'batch',
        status: 'processed',
      };
    }
    if (path === 'POST /v1/batches') {
      const wanted = JSON.parse(bytes.toString('utf8'));
      if (!files.has(wanted.input_file_id) || wanted.endpoint !== '/v1/chat/completions') return null;
      const id = `batch_${batches.size + 1}`;
      const batch = {
        ...wanted,
        ...{ id, object: 'batch', status: 'validating', errors: null, created_at: 1 },
        ...{ output_file_id: null, error_file_id: null },
        request_counts: { total: 0, completed: 0, failed: 0 },
      };
      batches.set(id, batch);
      return batch;
    }
    const [, id = '', isCancel] = /^(?:GET|POST) \/v1\/batches\/([^/?]+)(\/cancel)?$/u.exec(path) ?? [];
    if (isCancel !== undefined && batches.has(id))
      batches.set(id, { ...(batches.get(id) as Batch), status: 'cancelling' });
    if (id !== '') return batches.get(id) ?? null;
    if (path.startsWith('GET /v1/batches?')) {
      const { searchParams } = new URL(path.slice(4), 'http://x');
      const all = [...batches.values()].reverse();
      const from = all.findIndex((each) => each.id === searchParams.get('after')) + 1;
      const data = all.slice(from, from + 2);
      return { object: 'list', data, has_more: from + 2 < all.length, last_id: data.at(-1)?.id };
    }
    const [, file = ''] = /^GET \/v1\/files\/([^/]+)\/content$/u.exec(path) ?? [];
    return files.get(file) ?? null;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    files,
    batches,
    misbehave: (how) => {
      misbehaviour = how;
    },
    move: (status, answered = Number.POSITIVE_INFINITY, failed = 0) => {
      for (const batch of batches.values()) {
        const lines = (files.get(batch.input_file_id) ?? '')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as BatchLine);
        const isOver = ['completed', 'expired', 'cancelled'].includes(status);
        const done = isOver ? lines.slice(0, answered) : [];
        const lost = isOver ? lines.slice(done.length, done.length + failed) : [];
        const keep = (kind: string, texts: readonly string[]) => {
          if (texts.length === 0) return null;
          files.set(`${kind}-${batch.id}`, `${texts.join('\n')}\n`);
          return `${kind}-${batch.id}`;
        };
        batches.set(batch.id, {
          ...batch,
          status,
          output_file_id: keep('output', done.map(answeredLine).reverse()),
          error_file_id: keep('error', lost.map(expiredLine)),
          request_counts: { total: lines.length, completed: done.length, failed: lost.length },
          errors:
            status === 'failed'
              ? { object: 'list', data: [{ code: 'invalid', message: 'The model does not exist.', line: 1 }] }
              : null,
        });
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answeredLine({ custom_id, body }: BatchLine): string {
  const message = { role: 'assistant', content: verdictByLength(body), refusal: null };
  return JSON.stringify({
    id: `batch_req_${custom_id.slice(0, 6)}`,
    custom_id,
    response: {
      status_code: 200,
      request_id: `r-${custom_id.slice(0, 6)}`,
      body: {
        model: body.model,
        choices: [{ index: 0, finish_reason: 'stop', message }],
        usage: { prompt_tokens: 50, completion_tokens: 5, total_tokens: 55 },
      },
    },
    error: null,
  });
}

function expiredLine({ custom_id }: BatchLine): string {
  return JSON.stringify({
    id: `batch_req_${custom_id.slice(0, 6)}`,
    custom_id,
    response: null,
    error: { code: 'batch_expired', message: 'This request could not be executed before the batch expired.' },
  });
}

function json(response: ServerResponse, body: unknown, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bytesOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.from(Buffer.concat(chunks));
}
