import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { ensurePackPage } from '../../launch/page-build.ts';
import { required } from '../../options/option.ts';

/** The pack stays encrypted, so no secret is asked for. */
export const command: CliCommand<
  { readonly pack: string; readonly out: string },
  ReplyOf<'packs.writePage'>
> = {
  spec: {
    takes: '<pack>',
    about: 'make one HTML file of a pack, for a machine where nothing can be installed',
    store: { side: 'none' },
    options: [required('--out <file>', 'the page to write')],
  },
  run: async (client, { pack, out }) => {
    const uploadId = await client.file(pack);
    return client.follow('packs.writePage', {
      uploadId,
      pageId: await client.file(await ensurePackPage(client.terminal)),
      placeId: await client.place(out),
    });
  },
  text: ({ bytes, path }) =>
    `${bytes.toLocaleString('en')} bytes written to ${path}. It opens from a folder in Chrome, Edge or Firefox, with what opens the pack.`,
};
