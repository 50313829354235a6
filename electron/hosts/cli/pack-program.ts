/** The commands under `touchstone pack`. */
import { type Command, InvalidArgumentError } from 'commander';
import { vendorStorePath } from '../store-path.ts';
import type { packAcceptanceCommand } from './commands/pack-acceptance.ts';
import type { CreateOptions } from './commands/pack-create.ts';
import type { MergeOptions } from './commands/pack-merge.ts';
import type { StartOptions } from './commands/start.ts';
import type { JudgeProgram } from './judge-program.ts';

/** Sealing, signing and statistics are loaded when a pack is at hand. */
const stand = () => import('./commands/pack.ts');
const vendor = () => import('./commands/pack-vendor.ts');

type Options<Own> = Own & { readonly store?: string; readonly json?: boolean };

const SECRET =
  'a file with the passphrase or age identity, - for standard input (else TOUCHSTONE_PACK_SECRET)';

export function addPackCommands(pack: Command, { command, store, finish, terminal }: JudgeProgram): void {
  command('create', 'make a sealed pack of a study’s pairs for raters elsewhere', pack)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--raters <names>', 'pseudonyms with commas between, or how many')
    .requiredOption('--out <file>', 'the pack to write')
    .option('--name <name>', 'what the pack is called here (else the name of the file)')
    .option('--title <text>', 'what raters read in place of the study’s name')
    .option('--share <share>', 'share of the pairs, 0 to 1', shareOfOne)
    .option('--pairs <file>', 'ids of pairs, one a line')
    .option('--mask <kinds>', 'mask findings: identity, personal', kinds, [])
    .option('--accept <kinds>', 'let findings leave as they stand', kinds, [])
    .option('--spare <file>', 'found texts to leave as they stand, one a line')
    .option('--acceptance <file>', 'when the work is accepted, as JSON')
    .option('--top-up', 'extend a pack that is out')
    .option('--secret-file <file>', SECRET)
    .option('--recipient <key>', 'a public key (age1…) instead of a passphrase; may be repeated', collect, [])
    .action(async (options: Options<CreateOptions>) =>
      finish(
        await (await import('./commands/pack-create.ts')).packCreateCommand(
          options,
          store(options),
          terminal,
        ),
      ),
    );
  command('list', 'packs of a study and how far they are', pack)
    .requiredOption('--study <name>', 'the study')
    .action(async (options: Options<{ study: string }>) =>
      finish(await (await stand()).packListCommand(options, store(options), terminal)),
    );
  command('inspect <file>', 'verify a pack and show what it says of itself', pack)
    .option('--secret-file <file>', SECRET)
    .action(async (file: string, options: Options<{ secretFile?: string }>) =>
      finish(await (await stand()).packInspectCommand(file, options, terminal)),
    );
  command('open <file>', 'verify a pack and start working in it', pack)
    .option('--secret-file <file>', SECRET)
    .option('--no-start', 'open it and start nothing')
    .option('--browser', 'do not try the desktop window')
    .option('--no-open', 'only print the address')
    .action(async (file: string, options: Options<StartOptions & { secretFile?: string; start?: boolean }>) =>
      finish(await (await vendor()).packOpenCommand(file, options, vendorStorePath(options.store), terminal)),
    );
  command('return', 'write the file that goes back, at any time', pack)
    .requiredOption('--out <file>', 'the return to write')
    .option('--pack <id>', 'which pack, where several are open')
    .action(async (options: Options<{ out: string; pack?: string }>) =>
      finish(await (await vendor()).packReturnCommand(options, vendorStorePath(options.store), terminal)),
    );
  command('check', 'what the acceptance rule says of the work so far', pack)
    .option('--pack <id>', 'which pack, where several are open')
    .action(async (options: Options<{ pack?: string }>) =>
      finish(await (await vendor()).packCheckCommand(options, vendorStorePath(options.store), terminal)),
    );
  command('html <pack>', 'make one HTML file of a pack, for a machine where nothing can be installed', pack)
    .requiredOption('--out <file>', 'the page to write')
    .action(async (file: string, options: Options<{ out: string }>) =>
      finish(await (await import('./commands/pack-html.ts')).packHtmlCommand(file, options, terminal)),
    );
  command('merge <files...>', 'look through returns and take what is good', pack)
    .requiredOption('--study <name>', 'the study')
    .option('--dry-run', 'show what would happen and write nothing')
    .option('--trust <words>', 'words of a key that were compared; may be repeated', collect, [])
    .option('--accept-row <sha256>', 'take a row all the same; may be repeated', collect, [])
    .option('--recover', 'take what is intact of a file that was cut off')
    .action(async (files: string[], options: Options<MergeOptions>) =>
      finish(
        await (await import('./commands/pack-merge.ts')).packMergeCommand(
          files,
          options,
          store(options),
          terminal,
        ),
      ),
    );
  command('acceptance [returns...]', 'whether the work is accepted by the rule of its pack', pack)
    .requiredOption('--pack <pack>', 'with --study its name; without, the pack’s file')
    .option('--study <name>', 'the study, on the lead’s side')
    .option('--answers-out <file>', 'also write the answer key, to show the vendor afterwards')
    .option('--answers <file>', 'the answer key the lead has shown')
    .option('--secret-file <file>', SECRET)
    .action(async (returns: string[], options: Options<Parameters<typeof packAcceptanceCommand>[1]>) =>
      finish(
        await (await import('./commands/pack-acceptance.ts')).packAcceptanceCommand(
          returns,
          options,
          store(options),
          terminal,
        ),
      ),
    );
  command('close', 'take nothing more that is recorded from now on', pack)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--pack <name>', 'the pack')
    .action(async (options: Options<{ study: string; pack: string }>) =>
      finish(await (await stand()).packCloseCommand(options, store(options), terminal)),
    );
}

function shareOfOne(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share <= 1)) throw new InvalidArgumentError('a share above 0, up to 1');
  return share;
}

function kinds(text: string): string[] {
  const wanted = text.split(',').map((kind) => kind.trim());
  if (wanted.some((kind) => kind !== 'identity' && kind !== 'personal'))
    throw new InvalidArgumentError('identity, personal, or both with a comma between');
  return wanted;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
