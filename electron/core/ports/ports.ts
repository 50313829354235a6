/** What the core needs from the world. Hosts provide it; tests provide their own. Node code, never 'electron'. */

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  nowMs(): number;
  /** Milliseconds of a clock that nobody can set, from wherever it began. */
  monotonicMs(): number;
}

export interface Entropy {
  /** Fresh random bytes as lower-case hexadecimal digits, two per byte. */
  hex(byteCount: number): string;
}

/** A file handed in by a person, known to the page by a random id only. */
export interface HandedFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/** Dialogs of the host, where it has any. */
export interface Dialogs {
  pickFiles(): Promise<readonly string[]>;
  pickFolder(): Promise<string | null>;
}

/** Keys of endpoints, by the origin they may be sent to. */
export interface EndpointKeys {
  read(origin: string): Promise<string | null>;
  write(origin: string, key: string): Promise<void>;
  remove(origin: string): Promise<void>;
  origins(): Promise<readonly string[]>;
}

export interface AppPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly host: 'desktop' | 'http' | 'in_process';
  readonly dialogs?: Dialogs;
  /** Where keys are kept; a host without it knows only the environment. */
  readonly keys?: EndpointKeys;
  /** Where the store lives; exports and backups go beside it. */
  readonly storePath: string;
}
