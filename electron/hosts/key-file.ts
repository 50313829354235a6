/** Keys of endpoints in a file that only its owner may read. */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ServiceError } from '../../shared/errors/errors.ts';
import { writeWholeFile } from '../core/files/whole-file.ts';
import type { EndpointKeys } from '../core/ports/ports.ts';

/** How a key stands in the file: as it is, or sealed by the operating system. */
export interface KeyCodec {
  seal(key: string): Promise<string>;
  open(sealed: string): Promise<string>;
}

/** As it is: for hosts without a keychain, where the file's permissions are all there is. */
export const PLAIN: KeyCodec = { seal: async (key) => key, open: async (sealed) => sealed };

const OTHERS = 0o077;

/** Keys by the origin they may be sent to. Every use reads the file anew, so that several hosts may share it. */
export class KeyFile implements EndpointKeys {
  readonly #path: string;
  readonly #codec: KeyCodec;
  readonly #platform: NodeJS.Platform;

  constructor(path: string, codec: KeyCodec = PLAIN, platform: NodeJS.Platform = process.platform) {
    this.#path = path;
    this.#codec = codec;
    this.#platform = platform;
  }

  async read(origin: string): Promise<string | null> {
    const sealed = this.#all()[origin];
    return sealed === undefined ? null : this.#codec.open(sealed);
  }

  async origins(): Promise<readonly string[]> {
    return Object.keys(this.#all()).sort();
  }

  async write(origin: string, key: string): Promise<void> {
    this.#keep({ ...this.#all(), [origin]: await this.#codec.seal(key) });
  }

  async remove(origin: string): Promise<void> {
    const { [origin]: _removed, ...rest } = this.#all();
    this.#keep(rest);
  }

  #all(): Readonly<Record<string, string>> {
    if (!existsSync(this.#path)) return {};
    if (this.#platform !== 'win32' && (statSync(this.#path).mode & OTHERS) !== 0) {
      throw new ServiceError('forbidden', { key: 'host.keys_open_to_others', values: { path: this.#path } });
    }
    const value: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
    if (value === null || typeof value !== 'object') return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  }

  #keep(keys: Readonly<Record<string, string>>): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    writeWholeFile(this.#path, JSON.stringify(keys, null, 1), 0o600);
  }
}
