/**
 * Where a tool's code comes from: a folder outside the tree that holds it with all that it needs, at the versions that
 * `requirements/` pins. It is made once and taken again until a pin changes.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, type Ran, runProgram } from './run-program.ts';
import { NotHere, type TimeLimit } from './time-limit.ts';

/** A file `requirements/<pins>.txt` of Python packages, or a folder `requirements/<pins>/` of npm's. */
export interface Environment {
  readonly registry: 'pypi' | 'npm';
  readonly pins: string;
  /** The oldest Java that its packages run on, where they run on one. It is looked for and not installed. */
  readonly oldestJava?: number;
}

const REQUIREMENTS = join(import.meta.dirname, 'requirements');
const INSTALL_LIMIT_MS = 900_000;
const PROBE_LIMIT_MS = 40_000;

/** What pip and npm say where a connection and not a package is at fault. */
const NETWORK_TROUBLE =
  /ECONNRESET|ECONNREFUSED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|NewConnectionError|ConnectionResetError|IncompleteRead|ReadTimeout\w*|Read timed out|Temporary failure in name resolution|HTTP error (?:429|5\d\d)/u;

/** What they say where a registry does not have a package at the pinned version, or does not hand it out. */
const NOT_HANDED_OUT =
  /No matching distribution found for [^\s]+|HTTP error 4\d\d[^\n]{0,80}|npm error code E(?:40\d|TARGET)|No space left on device|ENOSPC/u;

/** Python 3.11 is the oldest that every pinned version runs on. */
const OLDEST_PYTHON = [3, 11] as const;

export class Environments {
  readonly #cache: string;
  readonly #time: TimeLimit;
  readonly #questions = new Map<string, Promise<string | null>>();
  readonly #made = new Map<string, Promise<string>>();

  constructor(cache: string, time: TimeLimit) {
    this.#cache = cache;
    this.#time = time;
    mkdirSync(cache, { recursive: true });
  }

  /** The folder of an environment, made where it is not there. Throws {@link NotHere} where it cannot be had. */
  folderOf(environment: Environment): Promise<string> {
    const key = `${environment.registry} ${environment.pins}`;
    const made = this.#made.get(key) ?? this.#make(environment);
    this.#made.set(key, made);
    return made;
  }

  async #make({ registry, pins, oldestJava }: Environment): Promise<string> {
    if (oldestJava !== undefined) await this.#findJava(oldestJava);
    const python = registry === 'pypi' ? await this.#python() : '';
    const pinned = readFileSync(
      join(REQUIREMENTS, registry === 'pypi' ? `${pins}.txt` : `${pins}/tool/package-lock.json`),
    );
    const digest = createHash('sha256').update(python).update(pinned).digest('hex').slice(0, 12);
    const folder = join(this.#cache, `${pins}-${digest}`);
    const whole = join(folder, 'whole');
    if (existsSync(whole)) return folder;
    const silence = await this.#once(registry, () => this.#probe(registry));
    if (silence !== null) throw new NotHere(silence);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await (registry === 'pypi' ? this.#installPython(folder, pins) : this.#installNode(folder, pins));
    writeFileSync(whole, '');
    return folder;
  }

  async #installPython(folder: string, pins: string): Promise<void> {
    await this.#run(folder, 'python3', ['-m', 'venv', '.']);
    // The pins are all that is needed: nothing is chosen on the day, and nothing that they leave out is drawn in.
    const requirements = join(REQUIREMENTS, `${pins}.txt`);
    await this.#run(folder, pythonOf(folder), [
      '-m',
      'pip',
      'install',
      '--no-deps',
      '--quiet',
      '-r',
      requirements,
    ]);
  }

  /** What is optional of a tool is left out; what it cannot do without all the same stands in the folder above it. */
  async #installNode(folder: string, pins: string): Promise<void> {
    cpSync(join(REQUIREMENTS, pins), folder, { recursive: true });
    const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await this.#run(folder, 'npm', ['ci', ...options]);
    await this.#run(join(folder, 'tool'), 'npm', ['ci', '--omit=optional', ...options]);
  }

  /** Runs a step of an installation. Throws {@link NotHere} where the network, the registry or the time was at fault. */
  async #run(folder: string, command: string, args: readonly string[]): Promise<void> {
    const { code, complaint } = await this.#step(folder, command, args, INSTALL_LIMIT_MS);
    if (code === 0) return;
    const [trouble] = NETWORK_TROUBLE.exec(complaint) ?? [];
    if (trouble !== undefined) throw new NotHere(`the connection broke while it was installed (${trouble})`);
    const [refusal] = NOT_HANDED_OUT.exec(complaint) ?? [];
    if (refusal !== undefined) throw new NotHere(`it cannot be had here (${refusal})`);
    throw new Error(`${command} ${args.join(' ')}\n${lastLines(complaint)}`);
  }

  async #step(folder: string, command: string, args: readonly string[], mostMs: number): Promise<Ran> {
    const limitMs = this.#time.forStep(mostMs);
    const ran = await runProgram(command, args, { folder, limitMs });
    if (!ran.isTooLong) return ran;
    if (limitMs < mostMs) throw this.#time.over('it was installed');
    throw new NotHere(`it was not installed in ${Math.ceil(mostMs / 60_000)} minutes`);
  }

  /** The version of Python that makes virtual environments here. */
  async #python(): Promise<string> {
    const question = 'import ssl, sys, venv; print(".".join(map(str, sys.version_info[:2])))';
    const { code, out } = await this.#step(this.#cache, 'python3', ['-c', question], PROBE_LIMIT_MS);
    const [major = 0, minor = 0] = out.split('.').map(Number);
    if (code !== 0) throw new NotHere('there is no python3 with venv');
    if (major < OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor < OLDEST_PYTHON[1]))
      throw new NotHere(`python3 is ${out.trim()}, older than ${OLDEST_PYTHON.join('.')}`);
    return out.trim();
  }

  /** Throws {@link NotHere} where no Java that is new enough runs here. */
  async #findJava(oldest: number): Promise<void> {
    const { code, complaint } = await this.#step(this.#cache, javaOfMachine(), ['-version'], PROBE_LIMIT_MS);
    const [, version] = /version "(\d+)/u.exec(complaint) ?? [];
    if (code !== 0 || version === undefined) throw new NotHere(`there is no Java, and it needs ${oldest}`);
    if (Number(version) < oldest) throw new NotHere(`Java is ${version}, older than ${oldest}`);
  }

  /** Null where a registry answers the client that installs from it, else why it is taken to be missing. */
  async #probe(registry: 'pypi' | 'npm'): Promise<string | null> {
    const [command, args] =
      registry === 'pypi'
        ? ([
            'python3',
            [
              '-m',
              'pip',
              'download',
              '--no-deps',
              '--quiet',
              '--retries',
              '0',
              '--timeout',
              '30',
              '--no-cache-dir',
              '-d',
              'probe',
              'judgy',
            ],
          ] as const)
        : (['npm', ['view', 'promptfoo', 'name', '--fetch-retries=0', '--prefer-online']] as const);
    const { code } = await runProgram(command, args, {
      folder: this.#cache,
      limitMs: this.#time.forStep(PROBE_LIMIT_MS),
    });
    if (code === 0) return null;
    return registry === 'pypi' ? 'pip does not reach PyPI' : 'npm does not reach its registry';
  }

  #once(question: string, ask: () => Promise<string | null>): Promise<string | null> {
    const answer = this.#questions.get(question) ?? ask();
    this.#questions.set(question, answer);
    return answer;
  }
}

/** The Python of a virtual environment. */
export function pythonOf(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** The Java that a program of these takes: that of `JAVA_HOME`, else the path's. */
function javaOfMachine(): string {
  const { JAVA_HOME } = process.env;
  return JAVA_HOME ? join(JAVA_HOME, 'bin', 'java') : 'java';
}

/** The version that is pinned of a tool. */
export function pinnedVersion(name: string, { registry, pins }: Environment): string {
  if (registry === 'npm') {
    const text = readFileSync(join(REQUIREMENTS, pins, 'tool', 'package.json'), 'utf8');
    return (JSON.parse(text) as { dependencies: Record<string, string> }).dependencies[name] ?? '';
  }
  const lines = readFileSync(join(REQUIREMENTS, `${pins}.txt`), 'utf8').split('\n');
  const found = lines.map((line) => line.split('==')).find(([each]) => plainName(each) === plainName(name));
  return found?.[1]?.trim() ?? '';
}

/** Python's packages are called the same with `-`, `_` and `.`, and in any case. */
function plainName(name = ''): string {
  return name.toLowerCase().replaceAll(/[-_.]+/gu, '-');
}
