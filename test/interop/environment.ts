/**
 * Where a tool's code comes from: a folder outside the tree that holds it with all that it needs, at the versions that
 * `requirements/` pins. It is made once and taken again until a pin changes.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, runProgram } from './run-program.ts';

/** A file `requirements/<pins>.txt` of Python packages, or a folder `requirements/<pins>/` of npm's. */
export interface Environment {
  readonly registry: 'pypi' | 'npm';
  readonly pins: string;
}

/** Why a tool did not run, which is no failure: there is no Python, or a registry does not answer. */
export class NotHere extends Error {}

const REQUIREMENTS = join(import.meta.dirname, 'requirements');
const INSTALL_LIMIT_MS = 900_000;
const PROBE_LIMIT_MS = 40_000;

/** What pip and npm say where a connection and not a package is at fault. */
const NETWORK_TROUBLE =
  /ECONNRESET|ECONNREFUSED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|NewConnectionError|ConnectionResetError|IncompleteRead|ReadTimeout\w*|Read timed out|Temporary failure in name resolution|HTTP error (?:429|5\d\d)/u;

/** Python 3.11 is the oldest that every pinned version runs on. */
const OLDEST_PYTHON = [3, 11] as const;

export class Environments {
  readonly #cache: string;
  readonly #untilMs: number;
  readonly #questions = new Map<string, Promise<string | null>>();
  readonly #made = new Map<string, Promise<string>>();

  /** @param untilMs when, as `performance.now()` counts, nothing more is installed */
  constructor(cache: string, untilMs: number) {
    this.#cache = cache;
    this.#untilMs = untilMs;
    mkdirSync(cache, { recursive: true });
  }

  /** The folder of an environment, made where it is not there. Throws {@link NotHere} where it cannot be had. */
  folderOf(environment: Environment): Promise<string> {
    const key = `${environment.registry} ${environment.pins}`;
    const made = this.#made.get(key) ?? this.#make(environment);
    this.#made.set(key, made);
    return made;
  }

  async #make({ registry, pins }: Environment): Promise<string> {
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

  /** Runs a step of an installation. Throws {@link NotHere} where the network or the time was at fault. */
  async #run(folder: string, command: string, args: readonly string[]): Promise<void> {
    const limitMs = Math.min(INSTALL_LIMIT_MS, this.#untilMs - performance.now());
    if (limitMs <= 0) throw new NotHere('there is no time left');
    const { code, complaint } = await runProgram(command, args, { folder, limitMs });
    if (code === 0) return;
    if (code === null) throw new NotHere(`it was not installed in ${Math.ceil(limitMs / 60_000)} minutes`);
    const [trouble] = NETWORK_TROUBLE.exec(complaint) ?? [];
    if (trouble !== undefined) throw new NotHere(`the connection broke while it was installed (${trouble})`);
    throw new Error(`${command} ${args.join(' ')}\n${lastLines(complaint)}`);
  }

  /** The version of Python that makes virtual environments here. */
  async #python(): Promise<string> {
    const question = 'import ssl, sys, venv; print(".".join(map(str, sys.version_info[:2])))';
    const { code, out } = await runProgram('python3', ['-c', question], {
      folder: this.#cache,
      limitMs: PROBE_LIMIT_MS,
    });
    const [major = 0, minor = 0] = out.split('.').map(Number);
    if (code !== 0) throw new NotHere('there is no python3 with venv');
    if (major < OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor < OLDEST_PYTHON[1]))
      throw new NotHere(`python3 is ${out.trim()}, older than ${OLDEST_PYTHON.join('.')}`);
    return out.trim();
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
    const { code } = await runProgram(command, args, { folder: this.#cache, limitMs: PROBE_LIMIT_MS });
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
