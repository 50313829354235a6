import { basename } from 'node:path';
import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import { readableBytes } from '../../../../core/files/readable-file.ts';
import type { CliCommand } from '../../client/command.ts';
import { option } from '../../options/option.ts';
import { secretFrom, secretOption } from '../../options/pack-secret.ts';
import { EXIT } from '../../terminal/terminal.ts';
import { runStart, type StartOptions } from '../start.ts';

interface Given extends StartOptions {
  readonly file: string;
  readonly secretFile?: string;
  readonly start?: boolean;
}

export const command: CliCommand<Given, ReplyOf<'packs.open'>> = {
  spec: {
    takes: '<file>',
    about: 'verify a pack and start working in it',
    store: { side: 'vendor', mayBeMade: true },
    options: [
      secretOption(),
      option('--no-start', 'open it and start nothing'),
      option('--browser', 'do not try the desktop window'),
      option('--no-open', 'only print the address'),
    ],
  },
  run: async (client, { file, secretFile }) => {
    // Before a store is made for it.
    readableBytes({ path: file, name: basename(file) });
    const uploadId = await client.file(file);
    return client.follow('packs.open', { uploadId, secret: secretFrom(secretFile, client.terminal) });
  },
  text: ({ title, raters, words, isKeyKnown }) =>
    [
      `“${title}”: for ${raters.map(({ name }) => name).join(', ')}.`,
      isKeyKnown
        ? `Signed by the key that is known for this study: ${words}`
        : `First pack of this study here. Compare the words of its key with what the sender told you: ${words}`,
    ].join('\n'),
  next: async ({ storePath, terminal }, { start, ...more }) =>
    start === false ? EXIT.fine : runStart(more, storePath, terminal),
};
