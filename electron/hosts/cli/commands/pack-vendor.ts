/** `touchstone pack open`, `return` and `check`: what a vendor does with a pack. */
import { basename, resolve } from 'node:path';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { keyWords } from '../../../../shared/pack/key-words.ts';
import { openPack } from '../../../core/packs/open-pack.ts';
import { readableBytes } from '../../../core/packs/readable-file.ts';
import { writeReturn } from '../../../core/packs/write-return.ts';
import { systemClock } from '../../../core/ports/system-ports.ts';
import { unwrap, withApp } from '../client/in-process.ts';
import { acceptanceText } from '../terminal/acceptance-text.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';
import { secretFrom } from './pack-secret.ts';
import { type StartOptions, startCommand } from './start.ts';

interface Json {
  readonly json?: boolean;
}

export async function packOpenCommand(
  path: string,
  {
    secretFile,
    json,
    start,
    ...more
  }: Json & StartOptions & { readonly secretFile?: string; readonly start?: boolean },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const file = { path: resolve(path), name: basename(path) };
  // Before a store is made for it.
  readableBytes(file);
  await withApp(
    storePath,
    async (_client, app) => {
      const secret = secretFrom(secretFile);
      const opened = await openPack({ storePath, file, secret, nowMs: systemClock.nowMs() });
      const pack = (await app.context.packs.listOpened()).find(({ packId }) => packId === opened.packId);
      if (json === true) terminal.print(JSON.stringify({ ...pack, isKeyKnown: opened.isKeyKnown }));
      else {
        terminal.print(`“${pack?.title}”: for ${pack?.raters.map(({ name }) => name).join(', ')}.`);
        terminal.print(
          opened.isKeyKnown
            ? `Signed by the key that is known for this study: ${pack?.words}`
            : `First pack of this study here. Compare the words of its key with what the sender told you: ${pack?.words}`,
        );
      }
    },
    { mayCreate: true, mayBeVendor: true },
  );
  return start === false ? EXIT.fine : startCommand(more, storePath, terminal);
}

/** The pack a command is about: the named one, or the only one there is. */
async function packIn(storePath: string, named: string | undefined): Promise<string> {
  return withApp(
    storePath,
    async (client) => {
      const packs = unwrap(await client.call('packs.opened', {}));
      const [only, second] =
        named === undefined ? packs : packs.filter(({ packId }) => packId.startsWith(named));
      if (only === undefined)
        throw new ServiceError('not_found', 'There is no such pack open in this store.');
      if (second !== undefined)
        throw new ServiceError(
          'invalid_input',
          `Several packs are open here; name one with --pack: ${packs.map(({ packId, title }) => `${packId.slice(0, 8)} “${title}”`).join(', ')}.`,
        );
      return only.packId;
    },
    { mayBeVendor: true },
  );
}

export async function packReturnCommand(
  { out, pack, json }: Json & { readonly out: string; readonly pack?: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const packId = await packIn(storePath, pack);
  return withApp(
    storePath,
    async (_client, app) => {
      const { header, isComplete } = await app.context.packs.returnOf(packId);
      const target = resolve(out);
      const { rows } = writeReturn({ storePath, header, isComplete, target, nowMs: systemClock.nowMs() });
      const words = keyWords(header.key);
      if (json === true) terminal.print(JSON.stringify({ path: target, rows, isComplete, words }));
      else {
        terminal.print(
          `${rows} rows, ${isComplete ? 'all of the work' : 'the work so far'}, written to ${target}`,
        );
        terminal.print(
          `Signed with the key: ${words}. Tell the lead these words once, by another way than the file.`,
        );
      }
      return EXIT.fine;
    },
    { mayBeVendor: true },
  );
}

export async function packCheckCommand(
  { pack, json }: Json & { readonly pack?: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const packId = await packIn(storePath, pack);
  return withApp(
    storePath,
    async (client) => {
      const report = unwrap(await client.call('packs.check', { packId }));
      terminal.print(json === true ? JSON.stringify(report) : acceptanceText(report));
      return report.verdict === 'accepted' ? EXIT.fine : EXIT.failed;
    },
    { mayBeVendor: true },
  );
}
