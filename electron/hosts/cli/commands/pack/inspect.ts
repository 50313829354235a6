import { basename } from 'node:path';
import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import { canonicalJson } from '../../../../../shared/json/canonical-json.ts';
import type { CliCommand } from '../../client/command.ts';
import { secretFrom, secretOption } from '../../options/pack-secret.ts';
import { tableText } from '../../terminal/table-text.ts';

interface Given {
  readonly file: string;
  readonly secretFile?: string;
}

export const command: CliCommand<Given, ReplyOf<'packs.inspect'>> = {
  spec: {
    takes: '<file>',
    about: 'verify a pack and show what it says of itself',
    store: { side: 'none' },
    options: [secretOption()],
  },
  run: async (client, { file, secretFile }) =>
    client.follow('packs.inspect', {
      uploadId: await client.file(file),
      secret: secretFrom(secretFile, client.terminal),
    }),
  text: ({ words, manifest }, { file }) =>
    [
      `${basename(file)}: every byte is what was signed, with the key: ${words}`,
      `“${manifest.study.title}”, pack ${manifest.packId}, revision ${manifest.revision}`,
      tableText(
        ['rater', 'pairs', 'of them training'],
        manifest.raters.map(({ name, presentations, training }) => [
          name,
          String(presentations),
          String(training),
        ]),
      ),
      tableText(
        ['file', 'rows', 'bytes', 'sha256'],
        manifest.files.map(({ name, rows, bytes, sha256 }) => [name, String(rows), String(bytes), sha256]),
      ),
      `Accepted when: ${canonicalJson(manifest.acceptance)}`,
    ].join('\n'),
};
