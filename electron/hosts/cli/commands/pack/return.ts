import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { openedPackId } from '../../client/pack-id.ts';
import { option, required } from '../../options/option.ts';

export const command: CliCommand<
  { readonly out: string; readonly pack?: string },
  ReplyOf<'packs.makeReturn'>
> = {
  spec: {
    about: 'write the file that goes back, at any time',
    store: { side: 'vendor' },
    options: [
      required('--out <file>', 'the return to write'),
      option('--pack <id>', 'which pack, where several are open'),
    ],
  },
  run: async (client, { out, pack }) =>
    client.follow('packs.makeReturn', {
      packId: await openedPackId(client, pack),
      placeId: await client.place(out),
    }),
  text: ({ rows, isComplete, path, words }) =>
    [
      `${rows} rows, ${isComplete ? 'all of the work' : 'the work so far'}, written to ${path}`,
      `Signed with the key: ${words}. Tell the lead these words once, by another way than the file.`,
    ].join('\n'),
  json: ({ path, rows, isComplete, words }) => ({ path, rows, isComplete, words }),
};
