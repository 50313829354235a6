/**
 * Finds the frames of a Zstandard stream (RFC 8878, section 3.1.1). Node unpacks one frame, takes the end of its input for the
 * end of a frame, and passes over what follows: several frames, as parallel packers write them, would lose all but the first.
 */

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
/** Type of a block that holds one byte, to be repeated. */
const REPEATED = 1;

type State = 'magic' | 'descriptor' | 'header' | 'block' | 'content' | 'skip_size' | 'skip';

/** A piece of a frame; `isLast` where the frame ends with it. */
export interface FramePiece {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

export class ZstandardFrames {
  #state: State = 'magic';
  #needed = 4;
  #held: Buffer = Buffer.alloc(0);
  #hasChecksum = false;
  #isLastBlock = false;
  #isSkipped = false;

  /** @throws Error where the bytes are no frames */
  take(chunk: Buffer): FramePiece[] {
    const pieces: FramePiece[] = [];
    let from = 0;
    let at = 0;
    const cut = (isLast: boolean) => {
      if (at > from && !this.#isSkipped) pieces.push({ bytes: chunk.subarray(from, at), isLast });
      else if (isLast && !this.#isSkipped) pieces.push({ bytes: Buffer.alloc(0), isLast });
      from = at;
    };
    while (at < chunk.length || this.#needed === 0) {
      const step = Math.min(this.#needed, chunk.length - at);
      if (this.#isHeld()) this.#held = Buffer.concat([this.#held, chunk.subarray(at, at + step)]);
      at += step;
      this.#needed -= step;
      if (this.#needed > 0) break;
      if (this.#advance()) {
        cut(true);
        this.#isSkipped = false;
      }
    }
    cut(false);
    return pieces;
  }

  /** Whether the bytes so far end where a frame ends. */
  get isWhole(): boolean {
    return this.#state === 'magic' && this.#held.length === 0;
  }

  #isHeld(): boolean {
    return this.#state !== 'content' && this.#state !== 'skip';
  }

  #expect(state: State, bytes: number): void {
    this.#state = state;
    this.#needed = bytes;
    this.#held = Buffer.alloc(0);
  }

  /** Goes on behind what was needed. Returns whether a frame ended there. */
  #advance(): boolean {
    const held = this.#held;
    switch (this.#state) {
      case 'magic': {
        const magic = held.readUInt32LE(0);
        this.#isSkipped = (magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC;
        if (this.#isSkipped) this.#expect('skip_size', 4);
        else if (magic === FRAME_MAGIC) this.#expect('descriptor', 1);
        else throw new Error('what follows is no Zstandard frame');
        return false;
      }
      case 'skip_size':
        this.#expect('skip', held.readUInt32LE(0));
        return false;
      case 'descriptor': {
        const descriptor = held[0] as number;
        const isSingleSegment = (descriptor & 0x20) !== 0;
        this.#hasChecksum = (descriptor & 0x04) !== 0;
        const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
        const dictionaryBytes = [0, 1, 2, 4][descriptor & 0x03] as number;
        this.#expect('header', (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes);
        return false;
      }
      case 'header':
        this.#expect('block', BLOCK_HEADER_BYTES);
        return false;
      case 'block': {
        const header = held.readUIntLE(0, BLOCK_HEADER_BYTES);
        this.#isLastBlock = (header & 1) !== 0;
        const size = ((header >> 1) & 3) === REPEATED ? 1 : header >> 3;
        this.#expect('content', size + (this.#isLastBlock && this.#hasChecksum ? CHECKSUM_BYTES : 0));
        return false;
      }
      case 'content':
        if (!this.#isLastBlock) {
          this.#expect('block', BLOCK_HEADER_BYTES);
          return false;
        }
        this.#expect('magic', 4);
        return true;
      case 'skip':
        this.#expect('magic', 4);
        return true;
    }
  }
}
