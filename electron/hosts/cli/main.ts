/** The command line: the same services as the screen, for people, the harness and CI. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EXPORT_FORMATS, type ExportFormat } from '../../../shared/contract/export-methods.ts';
import { placeOfError, type RowError } from '../../../shared/contract/import-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { AgreementOptions } from '../../../shared/labels/agreement-options.ts';
import { SEPARATORS, type Separator } from '../../core/imports/import-source.ts';
import { productVersion } from '../../core/ports/product.ts';
import { chosenStorePath } from '../store-path.ts';
import { withApp } from './client/in-process.ts';
import type { ImportOptions } from './commands/import.ts';
import type { StartOptions } from './commands/start.ts';
import { addDesignCommands } from './design-program.ts';
import { addGateCommand } from './gate-program.ts';
import { addJudgeCommands } from './judge-program.ts';
import { addPolicyOptions } from './options/policy-options.ts';
import { addPackCommands } from './pack-program.ts';
import { addRaterCommands, addReviewCommands, addSeatCommands } from './review-program.ts';
import { EXIT, type ExitCode, systemTerminal, type Terminal } from './terminal/terminal.ts';

// Loaded when asked for, so that a command loads what it needs and no other.
const loadStart = () => import('./commands/start.ts');
const loadServe = () => import('./commands/serve.ts');
const loadImport = () => import('./commands/import.ts');
const loadStudy = () => import('./commands/study.ts');
const loadAgreement = () => import('./commands/agreement.ts');
const loadExport = () => import('./commands/export.ts');
const loadRaters = () => import('./commands/raters.ts');
const loadAudit = () => import('./commands/audit.ts');
const loadBackup = () => import('./commands/backup.ts');
const loadDoctor = () => import('./commands/doctor.ts');

interface Common {
  readonly store?: string;
  readonly json?: boolean;
}

/** Runs one command and returns its exit code: 0 fine, 1 a check failed, 2 could not run. */
export async function main(argv: readonly string[], terminal: Terminal = systemTerminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.fine;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.couldNotRun;
    if (!(error instanceof ServiceError)) {
      terminal.complain(
        `Something in the program failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
      );
      return EXIT.couldNotRun;
    }
    if (argv.includes('--json')) printFailure(error, terminal);
    terminal.complain(error.message);
    const errors = error.details?.errors;
    if (Array.isArray(errors)) {
      for (const each of errors.slice(1, 20) as RowError[])
        terminal.complain(`  ${placeOfError(each)}: ${each.reason}`);
    }
    return EXIT.couldNotRun;
  }
}

const SEPARATOR_NAMES: Readonly<Record<string, Separator>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  bar: '|',
};

function separatorOf(text: string): Separator {
  const named = SEPARATOR_NAMES[text] ?? SEPARATORS.find((separator) => separator === text);
  if (named === undefined) throw new InvalidArgumentError('It is comma, semicolon, tab or bar.');
  return named;
}

function createProgram(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command('touchstone')
    .description(
      'Blind pairwise rating of model outputs, and honest agreement between people and LLM judges.',
    )
    .version(productVersion)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    });
  const command = (usage: string, about: string, parent = program) =>
    parent
      .command(usage)
      .description(about)
      .option('--store <file>', 'the database (else TOUCHSTONE_STORE, else your data folder)')
      .option('--json', 'print one JSON document');
  const store = (options: Common) => chosenStorePath(options.store);

  command('start', 'open the app: a desktop window where Electron runs, else a browser on loopback')
    .option('--desktop', 'insist on the desktop window')
    .option('--browser', 'do not try the desktop window')
    .option('--no-open', 'only print the address')
    .option('--port <number>', 'port of the loopback host', portNumber)
    .action(async (options: Common & StartOptions) =>
      finish(await (await loadStart()).startCommand(options, store(options), terminal)),
    );

  command('serve', 'serve the app on loopback and print its address')
    .option('--port <number>', 'port', portNumber)
    .action(async (options: Common & { port?: number }) =>
      finish(
        await (await loadServe()).serveCommand(
          options.port === undefined ? {} : { port: options.port },
          store(options),
          terminal,
        ),
      ),
    );

  command('import <files...>', 'import comparisons, votes and verdicts, or a calibration set')
    .option('--study <name>', 'the study to import into; made if it is not there')
    .option('--map <file>', 'a mapping file for records that are not in the native format')
    .option('--runs <names>', 'names of runs whose files do not say, with commas between', namesOf)
    .option('--format <name>', 'auto (else): look at the records; native; or the name of a tool’s format')
    .option('--encoding <name>', 'of files of text, where it is not found: windows-1250, shift_jis, …')
    .option('--separator <character>', 'between cells of tables: comma, semicolon, tab, bar', separatorOf)
    .option('--dry-run', 'show what would happen and write nothing')
    .action(async (files: string[], options: Common & ImportOptions) =>
      finish(await (await loadImport()).importCommand(files, options, store(options), terminal)),
    );

  const study = program.command('study').description('list and show studies');
  command('list', 'every study with its counts', study).action(async (options: Common) =>
    finish(await (await loadStudy()).studyListCommand(options.json === true, store(options), terminal)),
  );
  command('show <name>', 'one study', study).action(async (name: string, options: Common) =>
    finish(await (await loadStudy()).studyShowCommand(name, options.json === true, store(options), terminal)),
  );
  command('sample', 'add the synthetic sample study', study).action(async (options: Common) =>
    finish(await (await loadStudy()).studySampleCommand(options.json === true, store(options), terminal)),
  );

  const agreement = command(
    'agreement',
    'the agreement card: may a judge be used, for what, and how sure is that',
  )
    .requiredOption('--study <name>', 'the study')
    .option('--judge <name>', 'only this judge')
    .option('--slice <name=value>', 'only the comparisons of this slice')
    .option('--by <slice>', 'list the values of this slice')
    .option('--csv', 'every figure as a row of comma-separated values')
    .option('--rater-pairs', 'compare every two raters, even where there are more than 20');
  addPolicyOptions(agreement).action(
    async (
      options: Common &
        Partial<AgreementOptions> & {
          study: string;
          judge?: string;
          by?: string;
          slice?: string;
          csv?: boolean;
          raterPairs?: boolean;
        },
    ) => {
      const { store: _store, json, csv, raterPairs, study: name, judge, by, slice, ...policies } = options;
      finish(
        await (await loadAgreement()).agreementCommand(
          {
            study: name,
            ...(judge === undefined ? {} : { judge }),
            ...(raterPairs === true ? { raterPairs } : {}),
            ...(by === undefined ? {} : { by }),
            ...(slice === undefined ? {} : { slice }),
            csv: csv === true,
            json: json === true,
            options: policies,
          },
          store(options),
          terminal,
        ),
      );
    },
  );

  const shared = { command, store, finish, terminal };
  addGateCommand(command('gate', 'let a build go on only with a judge that agrees with people'), shared);
  addDesignCommands(program.command('design').description('design a study before it is rated'), shared);
  addJudgeCommands(program.command('judge').description('define, run and compare LLM judges'), shared);

  addPackCommands(
    program.command('pack').description('sealed packs for vendors, and what comes back'),
    shared,
  );

  command('export', 'write a calibration set, preference rows or the files of another tool to a folder')
    .requiredOption('--study <name>', 'the study')
    .addOption(
      new Option('--format <format>', 'what to write').choices([...EXPORT_FORMATS]).default('native'),
    )
    .requiredOption('--out <folder>', 'where to')
    .action(async (options: Common & { study: string; format: ExportFormat; out: string }) =>
      finish(await (await loadExport()).exportCommand(options, store(options), terminal)),
    );

  command('raters', 'how each rater works: pace, sides, checks, agreement with the others')
    .requiredOption('--study <name>', 'the study')
    .action(async (options: Common & { study: string }) =>
      finish(
        await (await loadRaters()).ratersCommand(
          options.study,
          options.json === true,
          store(options),
          terminal,
        ),
      ),
    );

  addRaterCommands(program.command('rater').description('decide about one rater'), shared);
  addReviewCommands(
    program.command('review').description('disagreements: adjudication, audits, gaps of the guideline'),
    shared,
  );
  addSeatCommands(program.command('seat').description('who the windows of a store are for'), shared);

  const audit = program.command('audit').description('the log of everything that could bend a result');
  command('verify', 'check that no row of the log was changed, taken out, added or moved', audit).action(
    async (options: Common) =>
      finish(await (await loadAudit()).auditVerifyCommand(options.json === true, store(options), terminal)),
  );

  command('backup [file]', 'a whole, checked copy of the store, also while it is open').action(
    async (file: string | undefined, options: Common) =>
      finish(await (await loadBackup()).backupCommand(file, options.json === true, store(options), terminal)),
  );

  command('doctor', 'versions, health of the store, and what is missing').action(async (options: Common) =>
    finish(await (await loadDoctor()).doctorCommand(options.json === true, store(options), terminal)),
  );

  program
    .command('schema')
    .description('the JSON Schema of one line of the native format')
    .option('--mapping', 'the schema of a mapping file instead')
    .action(async (options: { mapping?: boolean }) => {
      const schema =
        options.mapping === true
          ? (await import('../../../shared/formats/mapping/mapping.ts')).mappingJsonSchema()
          : (await import('../../../shared/formats/own/native.ts')).nativeJsonSchema();
      terminal.print(JSON.stringify(schema, null, 2));
    });

  program
    .command('methods')
    .description('the reference of all methods, as Markdown')
    .option('--json', 'as one JSON document, for programs')
    .action(async ({ json }: { json?: boolean }) => {
      const { methodEntries, methodReference } = await import('../../../shared/contract/reference.ts');
      terminal.print(
        json === true ? JSON.stringify({ methods: methodEntries() }) : methodReference().trimEnd(),
      );
    });

  command('call <method> [input]', 'call one method with a JSON input and print the envelope').action(
    async (name: string, input: string | undefined, options: Common) => {
      const envelope = await withApp(
        store(options),
        (_client, app) => app.call(name, jsonArgument(input ?? '{}')),
        { mayBeVendor: true },
      );
      terminal.print(JSON.stringify(envelope));
      finish(envelope.ok ? EXIT.fine : EXIT.failed);
    },
  );
  return program;
}

/** As an envelope; where nothing can be printed, the exit code and the sentence say enough. */
function printFailure({ code, message, details }: ServiceError, terminal: Terminal): void {
  const error = { code, message, ...(details === undefined ? {} : { details }) };
  try {
    terminal.print(JSON.stringify({ ok: false, error }));
  } catch {
    return;
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('a port is 0 to 65535');
  return port;
}

function jsonArgument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceError('invalid_input', 'The input is not valid JSON.');
  }
}

function namesOf(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}
