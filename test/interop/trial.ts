import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison } from '../../shared/formats/own/native.ts';
import { type Card, type PrintedCard, readCard } from './card.ts';
import { differences } from './differences.ts';
import { pythonOf } from './environment.ts';
import { lastLines, type Ran, runProgram } from './run-program.ts';
import { NotHere, type TimeLimit } from './time-limit.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const TOUCHSTONE = join(ROOT, 'electron', 'hosts', 'cli', 'touchstone.mjs');
const TOOLS = join(import.meta.dirname, 'tools');
const PROGRAM_LIMIT_MS = 300_000;

/** Figures of the two sides are equal where they differ by no more than this, relative to the larger or 1. */
const TOLERANCE = 1e-9;

/** One tool's trial: a folder and a store of its own, both programs at hand, and the figures that were compared. */
export class Trial {
  readonly folder: string;
  /** What the tool wrote that came in, and what it took. */
  readonly came: string[] = [];
  readonly went: string[] = [];
  readonly failures: string[] = [];
  compared = 0;
  readonly #tool: string;
  readonly #installed: string;
  readonly #time: TimeLimit;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(
    tool: string,
    {
      installed,
      folder,
      time,
    }: { readonly installed: string; readonly folder: string; readonly time: TimeLimit },
  ) {
    this.folder = folder;
    this.#time = time;
    this.#tool = tool;
    this.#installed = installed;
    const home = join(folder, 'home');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    // Nothing of the person who runs this is read or written: no settings, no keys, no caches.
    this.#environment = {
      PATH: process.env.PATH,
      SystemRoot: process.env.SystemRoot,
      JAVA_HOME: process.env.JAVA_HOME,
      TMPDIR: process.env.TMPDIR,
      LANG: 'C.UTF-8',
      HOME: home,
      USERPROFILE: home,
      DO_NOT_TRACK: '1',
      PROMPTFOO_DISABLE_TELEMETRY: '1',
      PROMPTFOO_DISABLE_UPDATE: '1',
      HF_HUB_OFFLINE: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONNOUSERSITE: '1',
      PYTHONWARNINGS: 'ignore',
    };
  }

  /** Does a part of the trial; what stops it is a failure, and the next part is done all the same. Without time none is. */
  async attempt(part: () => Promise<void>): Promise<void> {
    try {
      await part();
    } catch (error) {
      if (error instanceof NotHere) throw error;
      this.failures.push(error instanceof Error ? error.message : String(error));
    }
  }

  /** Runs `touchstone` over this trial's store, as one document of JSON. Throws where it does not end with 0. */
  async touchstone<Answer>(...args: readonly string[]): Promise<Answer> {
    const ran = await this.#inTime(process.execPath, [TOUCHSTONE, ...args, '--json'], {
      TOUCHSTONE_STORE: join(this.folder, 'store.sqlite'),
    });
    if (ran.code !== 0)
      throw new Error(`touchstone ${args.join(' ')}\n${lastLines(ran.complaint || ran.out)}`);
    return JSON.parse(ran.out) as Answer;
  }

  /** Imports files of this trial's folder. Throws where one is refused. */
  importFiles(study: string, files: readonly string[], ...options: readonly string[]): Promise<Imported> {
    return this.touchstone<Imported>('import', ...files, '--study', study, ...options);
  }

  /** Imports comparisons, votes and verdicts that this trial makes up. */
  async importRows(study: string, rows: readonly unknown[]): Promise<void> {
    const file = `${this.#fresh('rows')}.jsonl`;
    writeFileSync(join(this.folder, file), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    await this.importFiles(study, [file]);
  }

  /** Exports a study and gives the new folder's path. */
  async exportAs(study: string, format: string): Promise<string> {
    const folder = join(this.folder, this.#fresh(format));
    await this.touchstone('export', '--study', study, '--format', format, '--out', folder);
    return folder;
  }

  /** What Touchstone holds of a study. */
  async rows(study: string): Promise<Comparison[]> {
    const folder = await this.exportAs(study, 'native');
    return linesOf(join(folder, 'comparisons.jsonl')) as Comparison[];
  }

  /** A judge's card, with the systems by their names. */
  async card(study: string, judge: string, ...options: readonly string[]): Promise<Card> {
    await this.unblind(study);
    return readCard(
      await this.touchstone<PrintedCard>('agreement', '--study', study, '--judge', judge, ...options),
    );
  }

  async unblind(study: string): Promise<void> {
    const { value } = await this.touchstone<Envelope<StudyName[]>>('call', 'studies.list', '{}');
    const studyId = value.find(({ name }) => name === study)?.studyId;
    await this.touchstone('call', 'studies.unblind', JSON.stringify({ studyId, confirmName: study }));
  }

  /** Runs a command of the tool's program beside its witness, `tools/<tool>.witness.py`. */
  async python<Answer>(command: string, input: unknown): Promise<Answer> {
    const ran = await this.#run(
      pythonOf(this.#installed),
      [join(TOOLS, `${this.#tool}.witness.py`), command],
      JSON.stringify(input),
    );
    return JSON.parse(ran.out.trimEnd().split('\n').at(-1) ?? '') as Answer;
  }

  /** Runs a program of npm's by its name, with the Node that runs this. Throws where it ends with another code. */
  async npm(name: string, args: readonly string[], codes: readonly number[] = [0]): Promise<void> {
    const program = realpathSync(join(this.#installed, 'tool', 'node_modules', '.bin', name));
    await this.#run(process.execPath, [program, ...args], '', codes);
  }

  async #run(
    command: string,
    args: readonly string[],
    input = '',
    codes: readonly number[] = [0],
  ): Promise<Ran> {
    const ran = await this.#inTime(command, args, {}, input);
    if (ran.code === null || !codes.includes(ran.code))
      throw new Error(`${[command, ...args].join(' ')}\n${lastLines(ran.complaint || ran.out)}`);
    return ran;
  }

  /** Runs a program in the trial's folder. Throws {@link NotHere} where there is not the time for it. */
  async #inTime(command: string, args: readonly string[], more: NodeJS.ProcessEnv, input = ''): Promise<Ran> {
    const limitMs = this.#time.forStep(PROGRAM_LIMIT_MS);
    const environment = { ...this.#environment, ...more };
    const ran = await runProgram(command, args, { folder: this.folder, limitMs, environment, input });
    if (!ran.isTooLong) return ran;
    if (limitMs < PROGRAM_LIMIT_MS) throw this.#time.over('it ran');
    throw new NotHere(`a program of it was not done in ${PROGRAM_LIMIT_MS / 60_000} minutes`);
  }

  /** Writes a file into the trial's folder and gives its name. */
  write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text);
    return name;
  }

  /** Compares figures leaf by leaf, each of which counts; numbers may differ by the tolerance. */
  equal(what: string, theirs: unknown, ours: unknown, tolerance = TOLERANCE): void {
    const { leaves, different } = differences(theirs, ours, tolerance);
    this.compared += leaves;
    this.failures.push(...different.map((difference) => `${what}${difference}`));
  }

  #made = 0;

  #fresh(name: string): string {
    this.#made++;
    return `${name}-${this.#made}`;
  }
}

/** What an import says of itself, as far as a witness asks. */
interface Imported {
  readonly counts: {
    readonly pairsAdded: number;
    readonly votesAdded: number;
    readonly judgmentsAdded: number;
  };
  readonly judges: readonly { readonly name: string }[];
  readonly raters: readonly { readonly name: string }[];
}

interface Envelope<Value> {
  readonly value: Value;
}

interface StudyName {
  readonly studyId: string;
  readonly name: string;
}

export function linesOf(path: string): unknown[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
}
