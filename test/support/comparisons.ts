import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportFile } from '../../electron/core/imports/import-source.ts';
import { runImport } from '../../electron/core/imports/run-import.ts';
import type { ImportResult } from '../../shared/contract/import-methods.ts';
import type { Mapping } from '../../shared/formats/mapping/mapping.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Names that no rater may ever see, unlike any word in the texts. */
export const SECRET_SYSTEMS = ['zq-vermilion-9', 'zq-cobalt-4', 'zq-umber-2'] as const;

/** Native rows over three systems, `count` of them, two per item. */
export function nativeRows(count: number, prefix = 'pair'): Record<string, unknown>[] {
  return Array.from({ length: count }, (_unused, index) => {
    const [a, b] = [SECRET_SYSTEMS[index % 3], SECRET_SYSTEMS[(index + 1 + (index % 2)) % 3]];
    return {
      id: `${prefix}-${index}`,
      prompt: `Question ${Math.floor(index / 2)} of ${prefix}?`,
      a: { system: a, text: `One answer to ${index}.` },
      b: { system: b === a ? SECRET_SYSTEMS[(index + 1) % 3] : b, text: `Another answer to ${index}.` },
      slices: { half: index % 2 === 0 ? 'even' : 'odd' },
    };
  });
}

export function jsonLines(rows: readonly unknown[]): string {
  return `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;
}

/** Writes a file and imports it. */
export async function importText(
  storePath: string,
  text: string | Buffer,
  { name = 'rows.jsonl', ...options }: ImportOptions & { readonly name?: string } = {},
): Promise<ImportResult> {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return importFiles(storePath, [{ path, name }], options);
}

interface ImportOptions {
  readonly study?: string;
  readonly dryRun?: boolean;
  readonly mapping?: Mapping;
  readonly format?: string;
  readonly runNames?: readonly string[];
}

/** Imports files; a new study's public id is made of its name. */
export function importFiles(
  storePath: string,
  files: readonly ImportFile[],
  { study = 'Study', dryRun = false, ...rest }: ImportOptions = {},
): Promise<ImportResult> {
  return runImport({
    files,
    studyName: study,
    storePath,
    dryRun,
    ...rest,
    nowMs: Date.UTC(2026, 0, 1),
    newSeed: '0123456789abcdef',
    newStudyId: createHash('sha256').update(study).digest('hex').slice(0, 24),
  });
}
