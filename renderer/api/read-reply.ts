/**
 * Reads the JSON of a reply. What is long goes to a worker as it comes: to parse a pair of some megabytes of line ends would
 * hold up the keys for a tenth of a second, and to put its bytes together for half of that.
 */
import type { ParsedReply, ReplyPart } from './reply-part.ts';
import ReplyWorker from './reply-worker.ts?worker&inline';
import './worker-policy.ts';

/** What the page parses itself, in bytes: a few milliseconds, whatever stands in it. */
export const LONGEST_PARSED_HERE = 256 * 1024;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (problem: Error) => void;
}

const waiting = new Map<number, Waiting>();
let lastId = 0;
let worker: Worker | null = null;
/** Where the browser lets no worker start, the page parses everything. */
let isUnavailable = false;

/** @throws where the body is cut short or is not JSON */
export async function readReply(response: Response): Promise<unknown> {
  if (response.body === null) return parseParts([]);
  const reader = response.body.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  while (length <= LONGEST_PARSED_HERE || isUnavailable) {
    const { done, value } = await reader.read();
    if (done) return parseParts(parts);
    parts.push(value);
    length += value.byteLength;
    if (length > LONGEST_PARSED_HERE) start();
  }
  return parseAside(parts, reader);
}

function parseParts(parts: readonly Uint8Array<ArrayBuffer>[]): unknown {
  const decoder = new TextDecoder();
  const text = parts.map((part) => decoder.decode(part, { stream: true })).join('');
  return JSON.parse(text + decoder.decode());
}

async function parseAside(
  parts: readonly Uint8Array<ArrayBuffer>[],
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
): Promise<unknown> {
  const id = ++lastId;
  const reply = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
  // A worker that dies while parts still come is told of by the promise alone.
  reply.catch(() => undefined);
  try {
    for (const part of parts) hand({ id, bytes: part });
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      hand({ id, bytes: value });
    }
  } catch (problem) {
    waiting.delete(id);
    throw problem;
  } finally {
    hand({ id, bytes: null });
  }
  return reply;
}

/** Gives the bytes away instead of copying them. */
function hand(part: ReplyPart): void {
  worker?.postMessage(part, part.bytes === null ? [] : [part.bytes.buffer]);
}

function start(): void {
  if (worker !== null || isUnavailable) return;
  try {
    const started = new ReplyWorker();
    worker = started;
    started.addEventListener('message', ({ data }: MessageEvent<ParsedReply>) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.isJson) asked?.resolve(data.value);
      else asked?.reject(new SyntaxError('The reply is not JSON.'));
    });
    started.addEventListener('error', () => {
      started.terminate();
      worker = null;
      isUnavailable = true;
      for (const { reject } of waiting.values()) reject(new Error('The reply could not be read.'));
      waiting.clear();
    });
  } catch {
    isUnavailable = true;
  }
}
