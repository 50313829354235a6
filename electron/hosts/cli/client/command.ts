/** What a command of the command line is: one object in a file of its own. */
import type { Option } from 'commander';
import type { ExitCode } from '../terminal/terminal.ts';
import type { CommandClient, StoreUse } from './command-client.ts';

/** What every command takes beside its own. */
export interface SharedOptions {
  readonly study?: string;
  readonly store?: string;
  readonly json?: boolean;
}

export interface CommandSpec {
  readonly about: string;
  /** What stands behind its name, as `<file>`, `[name]` or `<files...>`; handed to the command under that name. */
  readonly takes?: string;
  readonly options?: readonly Option[];
  readonly store?: StoreUse | ((given: { readonly study?: string }) => StoreUse);
}

/**
 * One command.
 *
 * @typeParam Given what it takes and its options, by name
 * @typeParam Value what it found out: printed as JSON with `--json`, else as `text` says it; nothing where undefined
 */
export interface CliCommand<Given extends object, Value> {
  readonly spec: CommandSpec;
  /** Does the work, through the contract. What it throws ends the command with 2. */
  run(client: CommandClient, given: Given & SharedOptions): Promise<Value>;
  text(value: Value, given: Given & SharedOptions): string;
  /** What `--json` prints, where that is not all of the value. */
  json?(value: Value): unknown;
  /** 0 where it is not said. */
  code?(value: Value, given: Given & SharedOptions): ExitCode;
  /** What comes after, once all was printed and the store is closed. */
  next?(client: CommandClient, given: Given & SharedOptions): Promise<ExitCode>;
}
