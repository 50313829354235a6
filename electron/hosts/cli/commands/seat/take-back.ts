import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { seatText } from '../../terminal/seat-text.ts';

export const command: CliCommand<object, ReplyOf<'seat.takeBack'>> = {
  spec: { about: 'give the windows back to the lead' },
  run: (client) => client.call('seat.takeBack', {}),
  text: seatText,
};
