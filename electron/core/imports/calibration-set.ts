import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type CalibrationManifest,
  calibrationManifestSchema,
} from '../../../shared/formats/calibration-manifest.ts';
import { problemsOf } from '../../../shared/formats/native.ts';
import type { ImportFile } from './import-source.ts';
import { fileProblem } from './read-records.ts';

export const MANIFEST_NAME = 'manifest.json';

/** A calibration set as found: its study and its files, whose hashes were checked. */
export interface FoundCalibrationSet {
  readonly study: CalibrationManifest['study'];
  readonly settled: Pick<CalibrationManifest, 'draws' | 'analysisPlan'>;
  readonly files: readonly ImportFile[];
}

/** Reads a manifest and checks every file it lists against its hash before anything is imported. */
export async function readCalibrationSet(manifestFile: ImportFile): Promise<FoundCalibrationSet> {
  let record: unknown;
  try {
    record = JSON.parse(await readFile(manifestFile.path, 'utf8'));
  } catch (error) {
    throw fileProblem(
      manifestFile,
      null,
      `cannot be read as JSON (${(error as Error).message.slice(0, 200)})`,
    );
  }
  const parsed = calibrationManifestSchema.safeParse(record);
  if (!parsed.success) {
    const [problem] = problemsOf(parsed.error, record);
    throw fileProblem(manifestFile, null, problem?.reason ?? 'is not a calibration set', problem?.field);
  }
  const files: ImportFile[] = [];
  for (const { name, sha256 } of parsed.data.files) {
    const file = { name, path: join(dirname(manifestFile.path), name) };
    if ((await sha256Of(file)) !== sha256) {
      throw fileProblem(file, null, 'is not the file that the manifest describes (its SHA-256 differs)');
    }
    files.push(file);
  }
  const { study, draws, analysisPlan } = parsed.data;
  return { study, files, settled: { draws, analysisPlan } };
}

async function sha256Of(file: ImportFile): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch (error) {
    throw fileProblem(
      file,
      null,
      `cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
    );
  }
  return hash.digest('hex');
}
