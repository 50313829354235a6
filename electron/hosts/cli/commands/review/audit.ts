import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import { REVIEWED_PAIRS } from '../../../../../shared/review/review-plan.ts';
import type { CliCommand } from '../../client/command.ts';
import { option, required, studyOption } from '../../options/option.ts';
import { wholeNumberBetween } from '../../options/option-numbers.ts';

interface Given {
  readonly study: string;
  readonly judge: string;
  readonly disagreements: number;
  readonly agreements: number;
}

export const command: CliCommand<Given, ReplyOf<'reviews.make'>> = {
  spec: {
    about: 'draw disagreements with a judge, mixed with agreements, for a second look',
    options: [
      studyOption(),
      required('--judge <name>', 'the judge'),
      option(
        '--disagreements <pairs>',
        'drawn where it disagrees with people',
        wholeNumberBetween(REVIEWED_PAIRS),
      ).default(50),
      option('--agreements <pairs>', 'drawn where it agrees', wholeNumberBetween(REVIEWED_PAIRS)).default(50),
    ],
  },
  run: async (client, { study, judge, disagreements, agreements }) =>
    client.follow('reviews.make', {
      studyId: await client.studyId(study),
      plan: { kind: 'audit', judge, disagreements, agreements },
    }),
  text: ({ pairs }) => `${pairs} pairs wait for an adjudicator, in the app.`,
};
