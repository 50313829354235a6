import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { collectGarbage } from '../work/collect-garbage.ts';

/** A file as a web stream, piece by piece. What was made of pieces before is given back: each is a place in memory of its own. */
export function readInPieces(path: string, pieceBytes = 64 * 1024): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(piecesOf(path, pieceBytes))) as ReadableStream<Uint8Array>;
}

async function* piecesOf(path: string, highWaterMark: number): AsyncGenerator<Buffer> {
  for await (const piece of createReadStream(path, { highWaterMark })) {
    collectGarbage();
    yield piece as Buffer;
  }
}
