import type { CliCommand } from '../client/command.ts';

interface Backup {
  readonly path: string;
  readonly of: string;
}

export const command: CliCommand<{ readonly file?: string }, Backup> = {
  spec: {
    takes: '[file]',
    about: 'a whole, checked copy of the store, also while it is open',
    store: { side: 'any' },
  },
  run: async (client, { file }) =>
    client.follow('store.backup', file === undefined ? {} : { placeId: await client.place(file) }),
  text: ({ path, of }) =>
    `${path} is a whole copy of ${of}, every page of it checked. Open it with --store, or copy it back.`,
};
