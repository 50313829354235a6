import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { seatText } from '../../terminal/seat-text.ts';

export const command: CliCommand<object, ReplyOf<'seat.get'>> = {
  spec: { about: 'who the windows of this store are for' },
  run: (client) => client.call('seat.get', {}),
  text: seatText,
};
