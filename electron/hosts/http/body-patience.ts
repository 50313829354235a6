import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long the body of a request may take. */
export interface BodyPatience {
  /** Longest time in which nothing more of it comes, in milliseconds. */
  readonly silentMs: number;
  /** Longest time until all of it is there, in milliseconds; a file may take as long as it comes. */
  readonly wholeMs: number;
}

export const USUAL_PATIENCE: BodyPatience = { silentMs: 60_000, wholeMs: 120_000 };

/** How long the rest of a body may come after its request was answered, in milliseconds. */
const LEFTOVER_MS = 1000;

/**
 * Lets a body come to its end after its answer, so that whoever sends it sees the answer, and closes the connection where
 * it takes longer. Node itself throws away what comes.
 */
function dropLeftover(request: IncomingMessage): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, LEFTOVER_MS);
  timer.unref();
}

/** Closes a connection whose request does not come to its end, whether it was answered before or not. */
export function watchBody(
  request: IncomingMessage,
  response: ServerResponse,
  { silentMs, wholeMs }: BodyPatience,
  isFile: boolean,
): void {
  const { socket } = request;
  const pause = Math.max(1, Math.min(silentMs, wholeMs) / 4);
  let [silent, whole, bytes] = [0, 0, socket.bytesRead];
  const timer = setInterval(() => {
    if (request.complete || socket.destroyed) {
      clearInterval(timer);
      return;
    }
    silent = socket.bytesRead === bytes ? silent + pause : 0;
    whole += pause;
    bytes = socket.bytesRead;
    if (silent >= silentMs || (!isFile && whole >= wholeMs)) socket.destroy();
  }, pause);
  timer.unref();
  response.once('finish', () => {
    if (!request.complete) dropLeftover(request);
  });
  response.once('close', () => clearInterval(timer));
}
