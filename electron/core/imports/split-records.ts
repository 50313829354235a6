/** Cuts a byte stream into records without ever holding more than one of them, counting lines as it goes. */
import type { FileFormat } from './import-source.ts';
import { isBlankByte, NEWLINE } from './json-bytes.ts';
import { JsonSplitter } from './json-splitter.ts';
import { HeldBytes, type RawRecord } from './record-bytes.ts';

/** How records may lie in a file of JSON. */
export type JsonLayout = Extract<FileFormat, `json_${string}`>;

/** Takes a file chunk by chunk, and adds the records that end in each. */
interface RecordSplitter {
  take(chunk: Buffer, records: RawRecord[]): void;
  /** Adds what stands behind the last end of a record. Throws where that is not all of one. */
  end(records: RawRecord[]): void;
}

/**
 * The records of a file, in batches.
 *
 * @param chunks of UTF-8
 * @throws RecordFault where the file is not of that layout
 */
export async function* splitRecords(
  chunks: AsyncIterable<Buffer>,
  layout: JsonLayout,
): AsyncGenerator<RawRecord[]> {
  const splitter: RecordSplitter = layout === 'json_lines' ? new LineSplitter() : new JsonSplitter(layout);
  let records: RawRecord[] = [];
  try {
    for await (const chunk of chunks) {
      splitter.take(chunk, records);
      if (records.length > 0) yield records;
      records = [];
    }
    splitter.end(records);
  } catch (error) {
    // What was whole before a fault is read, wherever chunks end.
    if (records.length > 0) yield records;
    throw error;
  }
  if (records.length > 0) yield records;
}

/** One record a line; blank lines are passed over. */
class LineSplitter implements RecordSplitter {
  readonly #held = new HeldBytes();

  take(chunk: Buffer, records: RawRecord[]): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#add(records, chunk.subarray(start, end));
      this.#held.begin(this.#held.line + 1);
      start = end + 1;
    }
    this.#held.hold(chunk.subarray(start));
  }

  end(records: RawRecord[]): void {
    this.#add(records, Buffer.alloc(0));
  }

  #add(records: RawRecord[], piece: Buffer): void {
    const bytes = this.#held.end(piece);
    if (!bytes.every(isBlankByte)) records.push({ line: this.#held.line, bytes });
  }
}
