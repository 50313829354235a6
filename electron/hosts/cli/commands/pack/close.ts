import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { packIdOf } from '../../client/pack-id.ts';
import { required, studyOption } from '../../options/option.ts';

export const command: CliCommand<
  { readonly study: string; readonly pack: string },
  ReplyOf<'packs.close'>
> = {
  spec: {
    about: 'take nothing more that is recorded from now on',
    options: [studyOption(), required('--pack <name>', 'the pack')],
  },
  run: async (client, { study, pack }) => {
    const studyId = await client.studyId(study);
    return client.call('packs.close', { studyId, packId: await packIdOf(client, studyId, pack) });
  },
  text: (_packs, { pack }) => `“${pack}” is closed: what is recorded from now on is late.`,
};
