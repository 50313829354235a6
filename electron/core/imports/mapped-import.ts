/** What the files of one import share: tables to look values up in, and the numbers of votes without names. */
import type { RecordRows } from '../../../shared/formats/harness/read/harness-format.ts';
import {
  applyMapping,
  type MappingContext,
  tableRow,
} from '../../../shared/formats/mapping/apply-mapping.ts';
import {
  type AnySource,
  fileParts,
  type NamedFile,
  type SourceMapping,
} from '../../../shared/formats/mapping/mapping.ts';
import { unmappedFields } from '../../../shared/formats/mapping/unmapped-fields.ts';
import { type NativeRow, readNativeRecord } from '../../../shared/formats/own/native.ts';
import { LookupTables } from '../store/staging/lookup-tables.ts';
import { sha256 } from './plain-record.ts';

/** Reads the records of one file, in order. */
export type RecordReader = (value: unknown, line: number) => RecordRows;

const NOTHING: RecordRows = { ok: true, rows: [] };

export class MappedImport {
  #tables: LookupTables | null = null;
  /** Of votes without names that a pair has so far, by its id and what stands before the number. */
  readonly #votes = new Map<string, number>();

  reader(source: AnySource, file: NamedFile): RecordReader {
    const parts = fileParts(source, file);
    let recordNumber = 0;
    const context = (line: number): MappingContext => ({
      parts,
      recordNumber: ++recordNumber,
      line,
      rowOf: (table, key) => this.#tables?.find(table, key),
    });
    const rowsOf =
      'table' in source
        ? (value: unknown, line: number) => {
            const found = tableRow(source, value, context(line));
            if (!found.ok) return found;
            this.#tables ??= new LookupTables();
            const reason = this.#tables.add(source.table, found.key, found.row);
            return reason === undefined
              ? NOTHING
              : { ok: false as const, problems: [{ field: 'key', reason }] };
          }
        : (value: unknown, line: number) => this.#comparison(source, value, context(line));
    const { records } = source;
    const unmapped = unmappedFields(source);
    const countTold = (value: unknown, line: number) => {
      const found = rowsOf(value, line);
      const unread = found.ok ? unmapped(value) : [];
      return unread.length === 0 ? found : { ...found, unread };
    };
    if (records === undefined) return countTold;
    return (value, line) => {
      const isPart = value !== null && typeof value === 'object' && Object.hasOwn(value, records);
      if (!isPart) return NOTHING;
      return countTold(Reflect.get(value, records) as unknown, line);
    };
  }

  close(): void {
    this.#tables?.close();
  }

  #comparison(source: SourceMapping, value: unknown, context: MappingContext): RecordRows {
    const mapped = applyMapping(source, value, context);
    if (!mapped.ok) return mapped;
    const native = readNativeRecord(mapped.record, sha256);
    if (!native.ok) return native;
    const row = this.#withNumbers(native.value, mapped.numbered);
    if (mapped.numbered.size === 0) return { ok: true, rows: [row] };
    const unnamed = (row.row.human ?? []).flatMap(({ rater }, place) =>
      mapped.numbered.has(place) ? [rater] : [],
    );
    return { ok: true, rows: [row], unnamed };
  }

  /** The number of a vote without a name, from 1, of all on its pair in this import. */
  readonly numberVote = (pair: string, kind: string): number => {
    const key = JSON.stringify([pair, kind]);
    const number = (this.#votes.get(key) ?? 0) + 1;
    this.#votes.set(key, number);
    return number;
  };

  #withNumbers(native: NativeRow, numbered: ReadonlyMap<number, string>): NativeRow {
    if (numbered.size === 0) return native;
    const { id, human = [] } = native.row;
    const votes = human.map((vote, place) => {
      const before = numbered.get(place);
      if (before === undefined) return vote;
      return { ...vote, rater: `${before}${this.numberVote(id, before)}` };
    });
    return { ...native, row: { ...native.row, human: votes } } as NativeRow;
  }
}
