import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import { RATER_ROLES, type RaterRole } from '../../../../../shared/study/rater-role.ts';
import type { CliCommand } from '../../client/command.ts';
import { oneOf, studyOption } from '../../options/option.ts';
import { seatText } from '../../terminal/seat-text.ts';

interface Given {
  readonly name: string;
  readonly study: string;
  readonly role: RaterRole;
}

export const command: CliCommand<Given, ReplyOf<'seat.hand'>> = {
  spec: {
    takes: '<name>',
    about: 'let the windows open with one person’s work and show nothing else',
    options: [studyOption(), oneOf('--role <role>', 'what the person is', RATER_ROLES).default('rater')],
  },
  run: async (client, { name, study, role }) =>
    client.call('seat.hand', { studyId: await client.studyId(study), rater: name, role }),
  text: seatText,
};
