/** The bytes of one record, gathered chunk by chunk, and what is said where they cannot be read. */

/** Longest single record, in bytes (32 MiB). */
export const MAX_RECORD_BYTES = 32 * 1024 * 1024;

export interface RawRecord {
  /** The one it begins on, from 1. */
  readonly line: number;
  /** Its number, from 1, where several may stand on one line. */
  readonly recordNumber?: number;
  /** The file of an archive that it is. */
  readonly member?: string;
  readonly bytes: Buffer;
}

/** A fault that ends the reading of a file, at a line. */
export class RecordFault extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

export function tooLong(line: number): RecordFault {
  return new RecordFault(line, `the record is longer than ${MAX_RECORD_BYTES / 1024 / 1024} MiB`);
}

/** What of a record came in earlier chunks; more than a record may have is a fault on the line it began on. */
export class HeldBytes {
  #pieces: Buffer[] = [];
  #bytes = 0;
  #line = 1;
  #most = MAX_RECORD_BYTES;

  /** The line that the record begins on. */
  get line(): number {
    return this.#line;
  }

  begin(line: number, most = MAX_RECORD_BYTES): void {
    this.#line = line;
    this.#most = most;
  }

  hold(piece: Buffer): void {
    this.#bytes += piece.length;
    if (this.#bytes > this.#most) throw tooLong(this.#line);
    if (piece.length > 0) this.#pieces.push(piece);
  }

  /** All bytes of the record, of which these are the last. */
  end(piece: Buffer): Buffer {
    this.hold(piece);
    const [only = piece] = this.#pieces;
    const bytes = this.#pieces.length > 1 ? Buffer.concat(this.#pieces) : only;
    this.#pieces = [];
    this.#bytes = 0;
    return bytes;
  }
}
