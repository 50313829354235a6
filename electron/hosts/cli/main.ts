/** The command line: the same services as the screen, for people, the harness and CI. */
import { CommanderError, InvalidArgumentError } from 'commander';
import { failureOf } from '../../../shared/contract/envelope.ts';
import type { RowError } from '../../../shared/contract/import-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { placeOfError } from '../../../shared/report/place-of-error.ts';
import { createProgram } from './program.ts';
import { EXIT, type ExitCode, systemTerminal, type Terminal } from './terminal/terminal.ts';

/** Runs one command and returns its exit code: 0 fine, 1 a check failed, 2 could not run. */
export async function main(argv: readonly string[], terminal: Terminal = systemTerminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.fine;
  try {
    const program = await createProgram(argv, terminal, (code) => {
      exitCode = code;
    });
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    // What its own parser finds, Commander has said already.
    if (error instanceof CommanderError && !(error instanceof InvalidArgumentError))
      return error.exitCode === 0 ? EXIT.fine : EXIT.couldNotRun;
    const failure = error instanceof InvalidArgumentError ? wrongArgument(error) : error;
    if (!(failure instanceof ServiceError)) {
      terminal.complain(
        `Something in the program failed: ${failure instanceof Error ? (failure.stack ?? failure.message) : failure}`,
      );
      return EXIT.couldNotRun;
    }
    if (argv.includes('--json')) printFailure(failure, terminal);
    terminal.complain(failure.message);
    const errors = failure.details?.errors;
    if (Array.isArray(errors)) {
      for (const each of errors.slice(1, 20) as RowError[])
        terminal.complain(`  ${placeOfError(each)}: ${each.reason}`);
    }
    return EXIT.couldNotRun;
  }
}

/** What a command read for itself, and found wrong. */
function wrongArgument({ message }: InvalidArgumentError): ServiceError {
  return new ServiceError('invalid_input', { key: 'terminal.argument_wrong', values: { needed: message } });
}

/** As an envelope; where nothing can be printed, the exit code and the sentence say enough. */
function printFailure(error: ServiceError, terminal: Terminal): void {
  try {
    terminal.print(JSON.stringify(failureOf(error)));
  } catch {
    return;
  }
}
