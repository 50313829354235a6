/** Puts the command line together: which commands there are, and how each is run. */
import { Command } from 'commander';
import { productVersion } from '../../core/ports/product.ts';
import { chosenStorePath, vendorStorePath } from '../store-path.ts';
import type { CliCommand, SharedOptions } from './client/command.ts';
import { CommandClient } from './client/command-client.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal/terminal.ts';

type AnyCommand = CliCommand<object, unknown>;

/** Every command by its words. Each is loaded when it is asked for, so that one loads what it needs and no other. */
const COMMANDS: Readonly<Record<string, () => Promise<{ readonly command: AnyCommand }>>> = {
  start: () => import('./commands/start.ts'),
  serve: () => import('./commands/serve.ts'),
  import: () => import('./commands/import.ts'),
  'study list': () => import('./commands/study/list.ts'),
  'study show': () => import('./commands/study/show.ts'),
  'study sample': () => import('./commands/study/sample.ts'),
  'study rename': () => import('./commands/study/rename.ts'),
  'study archive': () => import('./commands/study/archive.ts'),
  'study restore': () => import('./commands/study/restore.ts'),
  'study delete': () => import('./commands/study/delete.ts'),
  agreement: () => import('./commands/agreement.ts'),
  gate: () => import('./commands/gate.ts'),
  'design set': () => import('./commands/design/set.ts'),
  'design answers': () => import('./commands/design/answers.ts'),
  'design draw': () => import('./commands/design/draw.ts'),
  'design plan': () => import('./commands/design/plan.ts'),
  'design labels': () => import('./commands/design/labels.ts'),
  'judge templates': () => import('./commands/judge/templates.ts'),
  'judge new': () => import('./commands/judge/new.ts'),
  'judge schema': () => import('./commands/judge/schema.ts'),
  'judge add': () => import('./commands/judge/add.ts'),
  'judge list': () => import('./commands/judge/list.ts'),
  'judge run': () => import('./commands/judge/run.ts'),
  'judge batch create': () => import('./commands/judge/batch/create.ts'),
  'judge batch collect': () => import('./commands/judge/batch/collect.ts'),
  'judge batch send': () => import('./commands/judge/batch/send.ts'),
  'judge batch fetch': () => import('./commands/judge/batch/fetch.ts'),
  'judge batch cancel': () => import('./commands/judge/batch/cancel.ts'),
  'judge import': () => import('./commands/judge/import.ts'),
  'judge report': () => import('./commands/judge/report.ts'),
  'judge panel': () => import('./commands/judge/panel.ts'),
  'judge drift': () => import('./commands/judge/drift.ts'),
  'judge probe': () => import('./commands/judge/probe.ts'),
  'judge compare': () => import('./commands/judge/compare.ts'),
  'judge price': () => import('./commands/judge/price.ts'),
  'judge key': () => import('./commands/judge/key.ts'),
  'pack create': () => import('./commands/pack/create.ts'),
  'pack list': () => import('./commands/pack/list.ts'),
  'pack inspect': () => import('./commands/pack/inspect.ts'),
  'pack open': () => import('./commands/pack/open.ts'),
  'pack return': () => import('./commands/pack/return.ts'),
  'pack check': () => import('./commands/pack/check.ts'),
  'pack html': () => import('./commands/pack/html.ts'),
  'pack merge': () => import('./commands/pack/merge.ts'),
  'pack acceptance': () => import('./commands/pack/acceptance.ts'),
  'pack close': () => import('./commands/pack/close.ts'),
  export: () => import('./commands/export.ts'),
  'pairs list': () => import('./commands/pairs/list.ts'),
  'pairs show': () => import('./commands/pairs/show.ts'),
  'pairs leave-out': () => import('./commands/pairs/leave-out.ts'),
  'pairs take-back': () => import('./commands/pairs/take-back.ts'),
  'pairs queue': () => import('./commands/pairs/queue.ts'),
  raters: () => import('./commands/raters.ts'),
  'rater exclude': () => import('./commands/rater/exclude.ts'),
  'rater restore': () => import('./commands/rater/restore.ts'),
  'rater pause': () => import('./commands/rater/pause.ts'),
  'rater resume': () => import('./commands/rater/resume.ts'),
  'rater effect': () => import('./commands/rater/effect.ts'),
  'rater erase-notes': () => import('./commands/rater/erase-notes.ts'),
  'review adjudicate': () => import('./commands/review/adjudicate.ts'),
  'review audit': () => import('./commands/review/audit.ts'),
  'review list': () => import('./commands/review/list.ts'),
  'review gaps': () => import('./commands/review/gaps.ts'),
  'review consensus': () => import('./commands/review/consensus.ts'),
  'review blinding': () => import('./commands/review/blinding.ts'),
  'seat show': () => import('./commands/seat/show.ts'),
  'seat hand': () => import('./commands/seat/hand.ts'),
  'seat take-back': () => import('./commands/seat/take-back.ts'),
  'audit list': () => import('./commands/audit/list.ts'),
  'audit verify': () => import('./commands/audit/verify.ts'),
  backup: () => import('./commands/backup.ts'),
  doctor: () => import('./commands/doctor.ts'),
  schema: () => import('./commands/schema.ts'),
  methods: () => import('./commands/methods.ts'),
  call: () => import('./commands/call.ts'),
};

const GROUPS: Readonly<Record<string, string>> = {
  study: 'list, show, rename, archive and delete studies',
  design: 'design a study before it is rated',
  judge: 'define, run and compare LLM judges',
  'judge batch': 'judge through batch files, here or on a machine without a network',
  pack: 'sealed packs for vendors, and what comes back',
  pairs: 'look through the pairs of a study, and decide about single ones',
  rater: 'decide about one rater',
  review: 'disagreements: adjudication, audits, gaps of the guideline',
  seat: 'who the windows of a store are for',
  audit: 'the log of everything that could bend a result',
};

/** The program with the commands that a call may mean: one, a group of them, or all for whoever asks what there is. */
export async function createProgram(
  argv: readonly string[],
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): Promise<Command> {
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
  for (const name of meantCommands(argv.slice(2))) {
    const { command } = (await COMMANDS[name]?.()) ?? {};
    if (command !== undefined) addCommand(program, name, command, terminal, finish);
  }
  return program;
}

/** Names of the commands that a call may mean, from the words it begins with. */
function meantCommands(typed: readonly string[]): readonly string[] {
  if (typed.length === 1 && /^(?:-V|--version)$/u.test(typed[0] ?? '')) return [];
  const end = typed.findIndex((word) => word.startsWith('-'));
  const words = typed.slice(0, end === -1 ? typed.length : end);
  for (let count = words.length; count > 0; count--) {
    const name = words.slice(0, count).join(' ');
    if (Object.hasOwn(COMMANDS, name)) return [name];
    if (Object.hasOwn(GROUPS, name))
      return Object.keys(COMMANDS).filter((each) => each.startsWith(`${name} `));
  }
  return Object.keys(COMMANDS);
}

function addCommand(
  program: Command,
  name: string,
  { spec, run, text, json, code, next }: AnyCommand,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  const added = groupOf(program, name)
    .command([name.split(' ').at(-1), spec.takes ?? ''].join(' ').trim())
    .description(spec.about)
    .option('--store <file>', 'the database (else TOUCHSTONE_STORE, else your data folder)')
    .option('--json', 'print one JSON document');
  for (const each of spec.options ?? []) added.addOption(each);
  added.action(async () => {
    const taken = added.registeredArguments.map((argument, place) => [
      argument.name(),
      added.processedArgs[place],
    ]);
    const given: SharedOptions = { ...Object.fromEntries(taken), ...added.opts() };
    const use = typeof spec.store === 'function' ? spec.store(given) : spec.store;
    const pathOf = use?.side === 'vendor' ? vendorStorePath : chosenStorePath;
    const client = new CommandClient(pathOf(given.store), terminal, use);
    try {
      const value = await run(client, given);
      if (value !== undefined)
        terminal.print(given.json === true ? JSON.stringify(json?.(value) ?? value) : text(value, given));
      finish(code?.(value, given) ?? EXIT.fine);
    } finally {
      await client.close();
    }
    if (next !== undefined) finish(await next(client, given));
  });
}

/** The group that a command of several words is in, made where it is not there yet. */
function groupOf(program: Command, name: string): Command {
  const words = name.split(' ').slice(0, -1);
  let group = program;
  for (const [place, word] of words.entries())
    group =
      group.commands.find((each) => each.name() === word) ??
      group.command(word).description(GROUPS[words.slice(0, place + 1).join(' ')] ?? '');
  return group;
}
