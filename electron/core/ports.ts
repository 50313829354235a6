/** What the core needs from the world. Hosts provide it; tests provide their own. Node code, never 'electron'. */

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  nowMs(): number;
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

export interface AppPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly host: 'desktop' | 'http' | 'in_process';
  readonly dialogs?: Dialogs;
  /** Where the store lives; exports and backups go beside it. */
  readonly storePath: string;
}
