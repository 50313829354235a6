import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import { REVIEWED_PAIRS } from '../../../../../shared/review/review-plan.ts';
import type { CliCommand } from '../../client/command.ts';
import { option, studyOption } from '../../options/option.ts';
import { wholeNumberBetween } from '../../options/option-numbers.ts';

interface Given {
  readonly study: string;
  readonly pairs: number;
  readonly judge?: string;
  readonly hideVotes?: boolean;
}

export const command: CliCommand<Given, ReplyOf<'reviews.make'>> = {
  spec: {
    about: 'queue the pairs from whose decision most is learned',
    options: [
      studyOption(),
      option('--pairs <pairs>', 'how many at most', wholeNumberBetween(REVIEWED_PAIRS)).default(50),
      option('--judge <name>', 'also where this judge parts from people'),
      option('--hide-votes', 'do not show the raters’ votes after a decision'),
    ],
  },
  run: async (client, { study, pairs, judge, hideVotes }) =>
    client.follow('reviews.make', {
      studyId: await client.studyId(study),
      plan: { kind: 'adjudication', pairs, judge: judge ?? null, showsVotes: hideVotes !== true },
    }),
  text: ({ pairs }) => `${pairs} pairs wait for an adjudicator, in the app.`,
};
