import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ServiceError } from '../../../shared/errors/errors.ts';
import {
  type CalibrationManifest,
  calibrationManifestSchema,
} from '../../../shared/formats/own/calibration-manifest.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { readBy } from '../../../shared/json/read-by-schema.ts';
import { analysisPlanSchema } from '../../../shared/selection/analysis-plan.ts';
import { fileProblem } from './file-problem.ts';
import type { ImportFile } from './import-source.ts';

export const MANIFEST_NAME = 'manifest.json';

/** What may be called so in a set: the file names that a manifest may list. */
export function isOfCalibrationSet(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,100}$/u.test(name);
}

/** What an export writes beside what a manifest lists: worked out of it, and worked out again. */
const WORKED_OUT: ReadonlySet<string> = new Set(['agreement-card.json', 'correction.json', 'recompute.py']);

/**
 * The manifest among files, where they are those of a calibration set; null where none of them is called as one.
 *
 * @throws ServiceError `invalid_input` where there are others among them
 */
export function manifestAmong(files: readonly ImportFile[]): ImportFile | null {
  const baseNameOf = ({ name, baseName = name }: ImportFile) => baseName;
  const manifests = files.filter((file) => baseNameOf(file) === MANIFEST_NAME);
  const [manifest, ...others] = manifests;
  if (manifest === undefined) return null;
  const isFlat = new Set(files.map(baseNameOf)).size === files.length;
  if (others.length > 0 || !isFlat || !files.every((file) => isOfCalibrationSet(baseNameOf(file))))
    throw new ServiceError('invalid_input', { key: 'import.alone' });
  return manifest;
}

/** A calibration set as found: its study and its files, whose hashes were checked. */
export interface FoundCalibrationSet {
  readonly study: CalibrationManifest['study'];
  readonly settled: Pick<
    CalibrationManifest,
    | 'draws'
    | 'analysisPlan'
    | 'earlierPlans'
    | 'designChanges'
    | 'guidelines'
    | 'knownAnswers'
    | 'raterDecisions'
  >;
  readonly files: readonly ImportFile[];
}

/**
 * Reads a manifest and checks every file it lists against its hash before anything is imported.
 *
 * @param given with the manifest: the files it lists are looked for among them before they are in its folder
 */
export async function readCalibrationSet(
  manifestFile: ImportFile,
  given: readonly ImportFile[] = [],
): Promise<FoundCalibrationSet> {
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
  const parsed = readBy(calibrationManifestSchema, record);
  if (!parsed.ok) {
    const [problem] = parsed.problems;
    throw fileProblem(manifestFile, null, problem?.reason ?? 'is not a calibration set', problem?.field);
  }
  const wrong = wrongPlan(parsed.value) ?? wrongGuidelines(parsed.value);
  if (wrong !== undefined) throw fileProblem(manifestFile, null, wrong.reason, wrong.field);
  const files: ImportFile[] = [];
  const listed = new Set(parsed.value.files.map(({ name }) => name));
  const foreign = given.find(
    ({ name }) => name !== MANIFEST_NAME && !listed.has(name) && !WORKED_OUT.has(name),
  );
  if (foreign !== undefined)
    throw fileProblem(
      foreign,
      null,
      'is no file of the calibration set beside it: import a calibration set by itself',
    );
  for (const { name, sha256 } of parsed.value.files) {
    const path = given.find((file) => file.name === name)?.path ?? join(dirname(manifestFile.path), name);
    const file = { name, path };
    if ((await sha256Of(file)) !== sha256) {
      throw fileProblem(file, null, 'is not the file that the manifest describes (its SHA-256 differs)');
    }
    files.push(file);
  }
  const { study, format: _format, files: _files, ...settled } = parsed.value;
  return { study, files, settled };
}

interface ManifestProblem {
  readonly field: string;
  readonly reason: string;
}

/** A plan that is not the one its hash was taken of, or is none. */
function wrongPlan({
  analysisPlan,
  earlierPlans = [],
}: FoundCalibrationSet['settled']): ManifestProblem | undefined {
  const plans = earlierPlans.map((stored, index) => ({ stored, field: `earlierPlans[${index}]` }));
  if (analysisPlan !== undefined) plans.push({ stored: analysisPlan, field: 'analysisPlan' });
  for (const { stored, field } of plans) {
    const sha256 = createHash('sha256').update(canonicalJson(stored.plan)).digest('hex');
    if (sha256 !== stored.sha256)
      return { field: `${field}.sha256`, reason: 'is not the hash of the plan beside it' };
    if (!analysisPlanSchema.safeParse(stored.plan).success)
      return { field: `${field}.plan`, reason: 'is no analysis plan' };
  }
  return undefined;
}

/** Versions that leave one out, or do not end with what the study asks. */
function wrongGuidelines({
  study: { design },
  guidelines,
}: Pick<CalibrationManifest, 'study' | 'guidelines'>): ManifestProblem | undefined {
  if (guidelines === undefined) return undefined;
  const place = guidelines.findIndex(({ version }, index) => version !== index + 1);
  if (place >= 0) return { field: `guidelines[${place}].version`, reason: `must be ${place + 1}` };
  const last = guidelines.at(-1);
  const asked = [design.guideline, design.rubric];
  if (canonicalJson([last?.guideline, last?.rubric]) !== canonicalJson(asked))
    return { field: 'guidelines', reason: 'must end with the guideline and rubric of the study' };
  return undefined;
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
