import type { AcceptanceReport } from '../../../../../shared/pack/acceptance.ts';
import type { CliCommand } from '../../client/command.ts';
import { openedPackId } from '../../client/pack-id.ts';
import { option } from '../../options/option.ts';
import { acceptanceText } from '../../terminal/acceptance-text.ts';
import { EXIT } from '../../terminal/terminal.ts';

export const command: CliCommand<{ readonly pack?: string }, AcceptanceReport> = {
  spec: {
    about: 'what the acceptance rule says of the work so far',
    store: { side: 'vendor' },
    options: [option('--pack <id>', 'which pack, where several are open')],
  },
  run: async (client, { pack }) => client.follow('packs.check', { packId: await openedPackId(client, pack) }),
  text: acceptanceText,
  code: ({ verdict }) => (verdict === 'accepted' ? EXIT.fine : EXIT.failed),
};
