import type { FileLayout, ImportFile } from './import-source.ts';
import { readRecords } from './read-records.ts';
import { unfoldPages } from './unfold-pages.ts';

/** The first records of a file, and what was wrong with others among them. */
export interface FirstRecords {
  readonly records: readonly unknown[];
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
}

/** A file with its layout, and its first records, which are read once and when they are first asked for. */
export interface LookedInto extends ImportFile {
  readonly layout: FileLayout;
  first(): Promise<FirstRecords>;
}

/** @param most how many records are looked at */
export function withFirstRecords(file: ImportFile, layout: FileLayout, most: number): LookedInto {
  let found: Promise<FirstRecords> | undefined;
  return {
    ...file,
    layout,
    first: () => {
      found ??= firstRecords(file, layout, most);
      return found;
    },
  };
}

async function firstRecords(file: ImportFile, layout: FileLayout, most: number): Promise<FirstRecords> {
  const records: unknown[] = [];
  const problems: { line: number; problem: string }[] = [];
  for await (const batch of unfoldPages(readRecords(file, layout), layout)) {
    for (const record of batch) {
      if ('value' in record) records.push(record.value);
      else problems.push(record);
      if (records.length + problems.length >= most) return { records, problems };
    }
  }
  return { records, problems };
}
