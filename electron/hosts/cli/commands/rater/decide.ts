import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { required, studyOption } from '../../options/option.ts';

interface Given {
  readonly name: string;
  readonly study: string;
  readonly reason: string;
}

/** A command by which the lead decides about a rater. */
export function decideCommand(
  act: { readonly about: 'exclusion' | 'pause'; readonly isOn: boolean },
  about: string,
  said: string,
): CliCommand<Given, ReplyOf<'quality.decide'>> {
  return {
    spec: {
      takes: '<name>',
      about,
      options: [studyOption(), required('--reason <text>', 'why, as it can be read to the rater')],
    },
    run: async (client, { name, study, reason }) =>
      client.follow('quality.decide', { studyId: await client.studyId(study), rater: name, ...act, reason }),
    text: (_reports, { name }) => `${name}: ${said}`,
  };
}
