/** The commands under `touchstone judge`. */
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { PANEL_RULES, type PanelRule } from '../../../shared/card/judge-panel.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { matchesName } from '../../../shared/formats/mapping/file-name-pattern.ts';
import type { VerdictEncoding } from '../../../shared/formats/own/verdict-encoding.ts';
import type { JudgeTarget } from './commands/judge.ts';
import type { CollectOptions } from './commands/judge-batch.ts';
import type { FetchOptions } from './commands/judge-batch-remote.ts';
import type { DriftOptions } from './commands/judge-drift.ts';
import type { JudgeRunOptions, SelectionOptions } from './commands/judge-run.ts';
import { notNegative, positiveNumber, wholeNumber } from './options/option-numbers.ts';
import type { ExitCode, Terminal } from './terminal/terminal.ts';

// Loaded when asked for, so that a command loads what it needs and no other.
const loadJudge = () => import('./commands/judge.ts');
const loadJudgeRun = () => import('./commands/judge-run.ts');
const loadJudgeBatch = () => import('./commands/judge-batch.ts');
const loadJudgeBatchRemote = () => import('./commands/judge-batch-remote.ts');
const loadImport = () => import('./commands/import.ts');
const loadJudgeDrift = () => import('./commands/judge-drift.ts');
const loadJudgeSettings = () => import('./commands/judge-settings.ts');

export interface JudgeProgram {
  /** Adds a command with the options all share. */
  readonly command: (usage: string, about: string, parent: Command) => Command;
  readonly store: (options: { readonly store?: string }) => string;
  readonly finish: (code: ExitCode) => void;
  readonly terminal: Terminal;
}

const CUT_PROMPTS = 'count verdicts although the endpoint reports to have read less than was sent';

type Options<Own> = Own & { readonly store?: string; readonly json?: boolean };

export function addJudgeCommands(judge: Command, { command, store, finish, terminal }: JudgeProgram): void {
  command('templates', 'judge prompts to start from', judge).action(async (options: Options<object>) =>
    finish(await (await loadJudge()).judgeTemplatesCommand(options.json === true, store(options), terminal)),
  );
  command('new <template>', 'print a judge file made from a template', judge)
    .requiredOption('--name <name>', 'a name for people')
    .requiredOption('--model <model>', 'as the endpoint knows it')
    .requiredOption('--endpoint <url>', 'base address of an OpenAI-compatible API')
    .action(async (template: string, options: Options<{ name: string; model: string; endpoint: string }>) =>
      finish(await (await loadJudge()).judgeNewCommand({ ...options, template }, store(options), terminal)),
    );
  judge
    .command('schema')
    .description('the JSON Schema of a judge file')
    .action(async () =>
      terminal.print(
        JSON.stringify(
          (await import('../../../shared/judge/judge-definition.ts')).judgeJsonSchema(),
          null,
          2,
        ),
      ),
    );
  command('add <file>', 'keep a judge file as the next version of its name', judge)
    .requiredOption('--study <name>', 'the study')
    .action(async (file: string, options: Options<JudgeTarget>) =>
      finish(await (await loadJudge()).judgeAddCommand(file, options, store(options), terminal)),
    );
  command('list', 'judges of a study and how much they have judged', judge)
    .requiredOption('--study <name>', 'the study')
    .action(async (options: Options<JudgeTarget>) =>
      finish(await (await loadJudge()).judgeListCommand(options, store(options), terminal)),
    );
  command('run', 'ask a judge about what it has not judged yet', judge)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <file|id>', 'a judge file, or a version such as careful@2')
    .option('--limit <pairs>', 'at most this many pairs', wholeNumber)
    .option('--slice <name=value>', 'only the pairs of this slice')
    .option('--max-cost <usd>', 'stop before more is spent', positiveNumber)
    .option('--concurrency <requests>', 'requests under way at one time', wholeNumber)
    .option('--timeout <seconds>', 'give a request up after this long', positiveNumber)
    .option(
      '--retry-failed',
      'ask again for what was refused, cut off, unreadable or an error, and nothing else',
    )
    .option('--accept-cut-prompts', CUT_PROMPTS)
    .option('--dry-run', 'only print what would be asked and what it would cost')
    .action(async (options: Options<JudgeRunOptions>) =>
      finish(await (await loadJudgeRun()).judgeRunCommand(options, store(options), terminal)),
    );
  const batch = judge
    .command('batch')
    .description('judge through batch files, here or on a machine without a network');
  command('create', 'write what is left to ask as files for a batch runner', batch)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <file|id>', 'a judge file, or a version such as careful@2')
    .requiredOption('--out <folder>', 'where to')
    .option('--limit <pairs>', 'at most this many pairs', wholeNumber)
    .option('--slice <name=value>', 'only the pairs of this slice')
    .option('--retry-failed', 'only what has no verdict although it was asked for')
    .action(async (options: Options<JudgeTarget & SelectionOptions & { judge: string; out: string }>) =>
      finish(
        await (await loadJudgeBatch()).batchCreateCommand(
          options,
          (await loadJudgeRun()).selectionOf(options),
          store(options),
          terminal,
        ),
      ),
    );
  command('collect <files...>', 'take in the results of a batch, in any order, with its error files', batch)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <id>', 'the version that was asked')
    .option('--accept-cut-prompts', CUT_PROMPTS)
    .action(async (files: string[], options: Options<CollectOptions>) =>
      finish(await (await loadJudgeBatch()).batchCollectCommand(files, options, store(options), terminal)),
    );
  command('send <files...>', 'send batch files to the Batch API of the judge’s endpoint', batch)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <id>', 'the version they were made for')
    .option('--max-cost <usd>', 'send nothing that may cost more', positiveNumber)
    .action(async (files: string[], options: Options<JudgeTarget & { judge: string; maxCost?: number }>) =>
      finish(await (await loadJudgeBatchRemote()).batchSendCommand(files, options, store(options), terminal)),
    );
  command('fetch', 'look at the batches that were sent, and take in what is done', batch)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <id>', 'the version that was asked')
    .option('--wait', 'until all of them are done')
    .option('--out <folder>', 'keep the results there, too')
    .option('--accept-cut-prompts', CUT_PROMPTS)
    .action(async (options: Options<FetchOptions>) =>
      finish(await (await loadJudgeBatchRemote()).batchFetchCommand(options, store(options), terminal)),
    );
  command('cancel', 'stop the batches that were sent; what they got to can be fetched', batch)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <id>', 'the version that was asked')
    .action(async (options: Options<JudgeTarget & { judge: string }>) =>
      finish(await (await loadJudgeBatchRemote()).batchCancelCommand(options, store(options), terminal)),
    );
  command(
    'import <files...>',
    'take in verdicts of a judge that ran elsewhere: native, mapped, or FastChat’s pairs',
    judge,
  )
    .requiredOption('--study <name>', 'the study')
    .option('--map <file>', 'a mapping file for records that are not in the native format')
    .addOption(
      new Option(
        '--verdicts <encoding>',
        'as-shown: “first” is what was shown first; mapped-back: “first” is a',
      )
        .choices(['mapped-back', 'as-shown'])
        .default('mapped-back'),
    )
    .option('--a-first <pattern...>', 'in files of these names a was shown first')
    .option('--b-first <pattern...>', 'in files of these names b was shown first')
    .option(
      '--pair-id <pattern>',
      'how pairs are named, from {question_id}, {turn}, {model_1} and {model_2} (FastChat)',
    )
    .option('--dry-run', 'show what would happen and write nothing')
    .action(
      async (
        files: string[],
        options: Options<JudgeTarget & VerdictOptions & { map?: string; dryRun?: boolean }>,
      ) => {
        const { pairId, ...rest } = options;
        finish(
          await (await loadImport()).importCommand(
            files,
            {
              ...rest,
              verdictEncoding: encodingOf(files, options),
              ...(pairId === undefined ? {} : { pairPattern: pairId }),
            },
            store(options),
            terminal,
          ),
        );
      },
    );
  command('report', 'coverage, failures, cost and latency of a judge', judge)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <id>', 'a version such as careful@2')
    .action(async (options: Options<JudgeTarget & { judge: string }>) =>
      finish(await (await loadJudge()).judgeReportCommand(options, store(options), terminal)),
    );
  command('panel <name>', 'make several judges one judge of the study', judge)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--members <judges...>', 'names of judges')
    .addOption(
      new Option('--rule <rule>', 'weighted: fitted on the dev split')
        .choices([...PANEL_RULES])
        .default('majority'),
    )
    .action(async (name: string, options: Options<JudgeTarget & { members: string[]; rule: PanelRule }>) =>
      finish(await (await loadJudge()).judgePanelCommand(name, options, store(options), terminal)),
    );
  command(
    'drift',
    'ask a judge about its anchor pairs once more: did the model behind the name change?',
    judge,
  )
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <id>', 'a version such as careful@2')
    .option('--rounds <rounds>', 'how many rounds to run; 0 only reports', countNumber, 1)
    .option('--anchors <pairs>', 'how many pairs the first round chooses', wholeNumber)
    .option('--max-cost <usd>', 'stop each round before more is spent', positiveNumber)
    .action(async (options: Options<DriftOptions>) =>
      finish(await (await loadJudgeDrift()).judgeDriftCommand(options, store(options), terminal)),
    );
  command('probe', 'ask a judge about built-in outputs that tell it what to choose', judge)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <id>', 'a version such as careful@2')
    .option('--max-cost <usd>', 'stop before more is spent', positiveNumber)
    .action(async (options: Options<JudgeTarget & { judge: string; maxCost?: number }>) =>
      finish(await (await loadJudgeRun()).judgeProbeCommand(options, store(options), terminal)),
    );
  command(
    'compare <before> <after>',
    'two judges on the same pairs: what changed, and was it for the better',
    judge,
  )
    .requiredOption('--study <name>', 'the study')
    .action(async (before: string, after: string, options: Options<JudgeTarget>) =>
      finish(await (await loadJudge()).judgeCompareCommand(before, after, options, store(options), terminal)),
    );
  command(
    'price [model] [input] [output]',
    'show or set prices, in dollars per million tokens',
    judge,
  ).action(
    async (
      model: string | undefined,
      input: string | undefined,
      output: string | undefined,
      options: Options<object>,
    ) =>
      finish(
        await (await loadJudgeSettings()).judgePriceCommand(
          {
            json: options.json === true,
            ...(model === undefined ? {} : { model }),
            ...(input === undefined ? {} : { input: notNegative(input) }),
            ...(output === undefined ? {} : { output: notNegative(output) }),
          },
          store(options),
          terminal,
        ),
      ),
  );
  command('key <endpoint>', 'keep the key of an endpoint, read from standard input', judge)
    .option('--header <name>', 'the value of a header that judges name in secretHeaders')
    .option('--remove', 'forget it')
    .action(async (endpoint: string, options: Options<{ remove?: boolean; header?: string }>) =>
      finish(await (await loadJudgeSettings()).judgeKeyCommand(endpoint, options, store(options), terminal)),
    );
}

interface VerdictOptions {
  readonly verdicts?: 'mapped-back' | 'as-shown';
  readonly aFirst?: readonly string[];
  readonly bFirst?: readonly string[];
  readonly pairId?: string;
}

/** The declared encoding, with the order of every file that a pattern names. */
function encodingOf(
  files: readonly string[],
  { verdicts, aFirst = [], bFirst = [] }: VerdictOptions,
): VerdictEncoding {
  const orderOfFile: VerdictEncoding['orderOfFile'] = {};
  for (const name of files.map((file) => basename(file))) {
    const [isA, isB] = [aFirst, bFirst].map((patterns) =>
      patterns.some((pattern) => matchesName(pattern, name)),
    );
    if (isA === true && isB === true) {
      throw new ServiceError('invalid_input', `${name} is named by both --a-first and --b-first.`);
    }
    if (isA === true) orderOfFile[name] = 'a_first';
    if (isB === true) orderOfFile[name] = 'b_first';
  }
  return { verdicts: verdicts === 'as-shown' ? 'as_shown' : 'mapped_back', orderOfFile };
}

function countNumber(text: string): number {
  return text === '0' ? 0 : wholeNumber(text);
}
