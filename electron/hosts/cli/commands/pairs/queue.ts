import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { namedPairs } from '../../client/pair-ids.ts';
import { option, studyOption } from '../../options/option.ts';

interface Given {
  readonly pairs: readonly string[];
  readonly study: string;
  readonly hideVotes?: boolean;
}

export const command: CliCommand<Given, ReplyOf<'pairs.queue'>> = {
  spec: {
    takes: '<pairs...>',
    about: 'give pairs, by id or number, to adjudicators',
    options: [studyOption(), option('--hide-votes', 'do not show the raters’ votes after a decision')],
  },
  run: async (client, { pairs, study, hideVotes }) => {
    const studyId = await client.studyId(study);
    return client.call('pairs.queue', {
      studyId,
      pairs: await namedPairs(client, studyId, pairs),
      showsVotes: hideVotes !== true,
    });
  },
  text: ({ pairs }) =>
    `${pairs === 1 ? '1 pair waits' : `${pairs} pairs wait`} for an adjudicator, in the app.`,
};
