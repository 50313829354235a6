import type { Recognition } from '../../../shared/formats/harness/read/harness-formats.ts';
import type { Mapping } from '../../../shared/formats/mapping/mapping.ts';
import type { VerdictEncoding } from '../../../shared/formats/own/verdict-encoding.ts';
import type { TaskControls } from '../work/task-controls.ts';
import type { FoundCalibrationSet } from './calibration-set.ts';
import type { FileLayout, ImportFile } from './import-source.ts';
import type { ImportTally } from './import-tally.ts';

export interface ImportRequest {
  readonly files: readonly ImportFile[];
  /** Null takes the name from a calibration set's manifest. */
  readonly studyName: string | null;
  readonly storePath: string;
  readonly dryRun: boolean;
  readonly mapping?: Mapping;
  /** See {@link ReadingOptions}. */
  readonly format?: string;
  /** Names of runs whose files do not say, in the order of the files. */
  readonly runNames?: readonly string[];
  readonly encoding?: VerdictEncoding;
  readonly pairPattern?: string;
  readonly nowMs: number;
  /** Used when the import makes its study. */
  readonly newSeed: string;
  readonly newStudyId: string;
}

/** A file that was looked into. */
export interface InspectedFile extends ImportFile {
  readonly layout: FileLayout;
  readonly recognition: Recognition | null;
  records: number;
}

/** What all steps of one import share. */
export interface ImportContext {
  readonly request: ImportRequest;
  readonly controls: TaskControls;
  readonly studyName: string;
  /** The calibration set that the files are. */
  readonly set: FoundCalibrationSet | undefined;
  readonly files: readonly InspectedFile[];
  /** Files of which nothing came, and why. */
  readonly passedOver: readonly string[];
  readonly tally: ImportTally;
  readonly read: { bytesDone: number; readonly bytesTotal: number };
}
