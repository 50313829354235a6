import { ControlTokens } from '../../../shared/formats/harness/write/control-tokens.ts';
import type {
  ExportedPair,
  ExportedStudy,
  HarnessExporter,
} from '../../../shared/formats/harness/write/harness-exporter.ts';
import { csvCell } from '../../../shared/text/csv-cell.ts';
import { LineFile, type WrittenFile } from '../files/write-lines.ts';

/** Names with folders that stay below the export's own. */
const PLAIN_PATH = /^(?:[\w+-][\w.+-]*\/)*[\w+-][\w.+-]*$/u;

export interface HarnessFiles {
  readonly files: readonly WrittenFile[];
  readonly leftOut: readonly { readonly what: string; readonly rows: number }[];
  readonly warnings: readonly { readonly what: string; readonly rows: number }[];
}

/**
 * Writes pairs as files of another tool. Files take their names once all of them are complete.
 *
 * @param pairs calls back for every pair, in order
 */
export function writeHarness(
  exporter: HarnessExporter,
  folder: string,
  study: ExportedStudy,
  pairs: (visit: (pair: ExportedPair) => void) => void,
): HarnessFiles {
  const files = new Map(
    Object.entries(exporter.files).map(([name, layout]) => [name, new RecordFile(folder, name, layout)]),
  );
  const fileNamed = (name: string): RecordFile => {
    const known = files.get(name);
    if (known !== undefined) return known;
    const layout = exporter.namesFiles;
    if (layout === undefined || !PLAIN_PATH.test(name))
      throw new Error(`${exporter.name} may not write ${name}`);
    const file = new RecordFile(folder, name, layout);
    files.set(name, file);
    return file;
  };
  const leftOut = new Map<string, number>();
  /** What of the pair at hand was said to be left out. */
  const said = new Set<string>();
  const tokens = new ControlTokens();
  let isWritten = false;
  try {
    const { add, finish } = exporter.writer(
      {
        write: (name, record) => {
          isWritten = true;
          fileNamed(name).write(record);
        },
        leaveOut: (what) => {
          if (said.has(what)) return;
          said.add(what);
          leftOut.set(what, (leftOut.get(what) ?? 0) + 1);
        },
      },
      study,
    );
    pairs((pair) => {
      said.clear();
      isWritten = false;
      add(pair);
      if (isWritten && exporter.isForChat === true) tokens.add(pair.row);
    });
    finish?.();
  } catch (error) {
    for (const file of files.values()) file.abandon();
    throw error;
  }
  return {
    // A file without a record would be a file that its tool takes for a broken one.
    files: [...files.values()].flatMap((file) => {
      if (file.records > 0) return [file.finish()];
      file.abandon();
      return [];
    }),
    leftOut: [...leftOut].sort().map(([what, rows]) => ({ what, rows })),
    warnings: tokens.warnings(),
  };
}

/** A file of records in one of the layouts that tools read. */
class RecordFile {
  readonly #file: LineFile;
  readonly #layout: HarnessExporter['files'][string];
  #records = 0;

  constructor(folder: string, name: string, layout: HarnessExporter['files'][string]) {
    this.#file = new LineFile(folder, name);
    this.#layout = layout;
  }

  write(record: unknown): void {
    // A document of nothing is none.
    if (this.#layout === 'document' && Object.keys(record as object).length === 0) return;
    switch (this.#layout) {
      case 'json_lines':
      case 'document':
        this.#file.writeLine(jsonText(record));
        break;
      case 'json_array':
        this.#file.writeLine(`${this.#records === 0 ? '[' : ','}${jsonText(record)}`);
        break;
      case 'csv':
        this.#file.writeLine((record as readonly string[]).map(csvCell).join(','));
        break;
    }
    this.#records++;
  }

  /** Records so far, without a header. */
  get records(): number {
    return this.#layout === 'csv' ? Math.max(0, this.#records - 1) : this.#records;
  }

  finish(): WrittenFile {
    if (this.#layout === 'json_array') this.#file.writeLine(']');
    return { ...this.#file.finish(), rows: this.records };
  }

  abandon(): void {
    this.#file.abandon();
  }
}

/** What JSON allows in a text as it is, and readers of YAML refuse or readers of lines take for the end of one. */
const UNPLAIN = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/gu;

function jsonText(record: unknown): string {
  return JSON.stringify(record).replace(
    UNPLAIN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
