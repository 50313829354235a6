import type { SelectionSummary } from '../../../../../shared/contract/design-methods.ts';
import type { InputOf } from '../../../../../shared/contract/methods.ts';
import { ServiceError } from '../../../../../shared/errors/errors.ts';
import { DRAWN_PAIRS } from '../../../../../shared/selection/selection-method.ts';
import type { CliCommand } from '../../client/command.ts';
import { oneOf, option, required, studyOption } from '../../options/option.ts';
import { positiveNumber, wholeNumberBetween } from '../../options/option-numbers.ts';
import { tableText } from '../../terminal/table-text.ts';

const WAYS = [
  'random',
  'slice',
  'judge-inconsistent',
  'judge-uncertain',
  'raters-split',
  'rare-slice',
] as const;

interface DrawOptions {
  readonly study: string;
  readonly pairs: number;
  readonly by: (typeof WAYS)[number];
  readonly slice?: string;
  readonly judge?: string;
  readonly emphasis: number;
}

export const command: CliCommand<DrawOptions, readonly SelectionSummary[]> = {
  spec: {
    about: 'draw the pairs to be rated, each with a stated chance',
    options: [
      studyOption(),
      required('--pairs <pairs>', 'how many', wholeNumberBetween(DRAWN_PAIRS)),
      oneOf('--by <way>', 'what makes a pair likelier', WAYS).default('random'),
      option('--slice <name>', 'for slice and rare-slice'),
      option('--judge <id>', 'for judge-inconsistent and judge-uncertain'),
      option('--emphasis <times>', 'how many times likelier at most', positiveNumber).default(5),
    ],
  },
  run: async (client, given) => {
    const method = methodOf(given);
    const studyId = await client.studyId(given.study);
    await client.follow('design.draw', { studyId, method });
    return client.call('design.selections', { studyId });
  },
  text: (draws) =>
    tableText(
      ['draw', 'how', 'pairs', 'of', 'lowest chance', 'highest chance'],
      draws.map((draw) => [
        String(draw.wave + 1),
        draw.method.kind === 'prioritised' ? draw.method.by.what : draw.method.kind,
        String(draw.pairs),
        String(draw.candidates),
        draw.lowestProbability.toFixed(4),
        draw.highestProbability.toFixed(4),
      ]),
    ),
};

type Method = InputOf<'design.draw'>['method'];
type Prioritised = Extract<Method, { kind: 'prioritised' }>;

function methodOf({ by, pairs, slice, judge, emphasis }: DrawOptions): Method {
  const needed = (value: string | undefined, option: string): string => {
    if (value === undefined)
      throw new ServiceError('invalid_input', {
        key: 'terminal.option_needs_option',
        values: { by, option },
      });
    return value;
  };
  const prioritised = (what: Prioritised['by']): Prioritised => ({
    kind: 'prioritised',
    pairs,
    emphasis,
    by: what,
  });
  switch (by) {
    case 'random':
      return { kind: 'random', pairs };
    case 'slice':
      return { kind: 'stratified', pairs, slice: needed(slice, 'slice') };
    case 'judge-inconsistent':
      return prioritised({ what: 'judge_inconsistent', judge: needed(judge, 'judge') });
    case 'judge-uncertain':
      return prioritised({ what: 'judge_uncertain', judge: needed(judge, 'judge') });
    case 'raters-split':
      return prioritised({ what: 'raters_split' });
    case 'rare-slice':
      return prioritised({ what: 'rare_slice', slice: needed(slice, 'slice') });
  }
}
