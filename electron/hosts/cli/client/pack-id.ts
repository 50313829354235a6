import { ServiceError } from '../../../../shared/errors/errors.ts';
import type { CommandClient } from './command-client.ts';

/** The pack of a name in a study of the lead's. */
export async function packIdOf(client: CommandClient, studyId: string, name: string): Promise<string> {
  const pack = (await client.call('packs.list', { studyId })).find((each) => each.name === name);
  if (pack === undefined)
    throw new ServiceError('not_found', { key: 'pack_making.unknown_named', values: { pack: name } });
  return pack.packId;
}

/** The pack open in a vendor's store that a command is about: the named one, or the only one there is. */
export async function openedPackId(client: CommandClient, named: string | undefined): Promise<string> {
  const packs = await client.call('packs.opened', {});
  const [only, second] = named === undefined ? packs : packs.filter(({ packId }) => packId.startsWith(named));
  if (only === undefined) throw new ServiceError('not_found', { key: 'terminal.no_pack_open' });
  if (second !== undefined)
    throw new ServiceError('invalid_input', {
      key: 'terminal.several_packs',
      values: { packs: packs.map(({ packId, title }) => `${packId.slice(0, 8)} “${title}”`).join(', ') },
    });
  return only.packId;
}
