import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { MANIFEST_NAME } from './calibration-set.ts';
import type { ImportFile } from './import-source.ts';

/** The file itself; a folder stands for the calibration set, or the Parquet tables, inside it. */
export function filesOfPath(path: string, name: string): ImportFile[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    const manifest = join(path, MANIFEST_NAME);
    if (existsSync(manifest)) return [{ path: manifest, name: MANIFEST_NAME }];
    const tables = parquetTables(path);
    if (tables.length > 0) return tables;
  }
  return [{ path, name }];
}

/** What of the product's own tables holds what was given; labels are worked out again. */
const READ_TABLES = ['texts', 'votes', 'verdicts', 'decisions'];

function parquetTables(folder: string): ImportFile[] {
  const texts = join(folder, 'texts');
  if (!existsSync(texts)) return [];
  const studies = readdirSync(texts).filter((name) => name.startsWith('study='));
  if (studies.length > 1)
    throw new ServiceError('invalid_input', {
      key: 'import.several_studies',
      values: {
        folder: basename(folder),
        studies: studies.length,
        example: join(basename(folder), '*', studies[0] ?? '', '*.parquet'),
      },
    });
  return READ_TABLES.flatMap((table) =>
    studies.flatMap((study) => {
      const inside = join(folder, table, study);
      if (!existsSync(inside)) return [];
      const parts = readdirSync(inside).filter((name) => name.endsWith('.parquet'));
      return parts.sort().map((name) => ({ path: join(inside, name), name, mayBeEmpty: true as const }));
    }),
  );
}
