import { csvCell } from '../../../shared/domain/csv-cell.ts';
import type {
  ExportedPair,
  ExportedStudy,
  HarnessExporter,
} from '../../../shared/formats/harness-export/harness-exporter.ts';
import { LineFile, type WrittenFile } from './write-lines.ts';

/** Names with folders that stay below the export's own. */
const PLAIN_PATH = /^(?:[\w+-][\w.+-]*\/)*[\w+-][\w.+-]*$/u;

export interface HarnessFiles {
  readonly files: readonly WrittenFile[];
  readonly leftOut: readonly { readonly what: string; readonly rows: number }[];
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
  try {
    const { add, finish } = exporter.writer(
      {
        write: (name, record) => {
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
      add(pair);
    });
    finish?.();
  } catch (error) {
    for (const file of files.values()) file.abandon();
    throw error;
  }
  return {
    files: [...files.values()].map((file) => file.finish()),
    leftOut: [...leftOut].sort().map(([what, rows]) => ({ what, rows })),
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
    switch (this.#layout) {
      case 'json_lines':
      case 'document':
        this.#file.writeLine(JSON.stringify(record));
        break;
      case 'json_array':
        this.#file.writeLine(`${this.#records === 0 ? '[' : ','}${JSON.stringify(record)}`);
        break;
      case 'csv':
        this.#file.writeLine((record as readonly string[]).map(csvCell).join(','));
        break;
    }
    this.#records++;
  }

  finish(): WrittenFile {
    if (this.#layout === 'json_array') this.#file.writeLine(this.#records === 0 ? '[]' : ']');
    return { ...this.#file.finish(), rows: this.#layout === 'csv' ? this.#records - 1 : this.#records };
  }

  abandon(): void {
    this.#file.abandon();
  }
}
