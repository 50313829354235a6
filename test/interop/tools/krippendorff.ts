import { ratedStudy } from '../rated-study.ts';
import type { Witness } from '../witness.ts';

/** Alpha of raters with unequal counts, and of judge and people. */
export const krippendorff: Witness = {
  name: 'krippendorff',
  environment: { registry: 'pypi', pins: 'statistics' },
  witness: async (trial) => {
    const { card, people, judge, votes } = await ratedStudy(trial);
    const said = await trial.python<Record<string, number>>('measured', { people, judge, votes });
    trial.equal('alpha', said, {
      alpha_nominal: card.value('people', 'alpha_nominal', 'all raters'),
      alpha_ordinal: card.value('people', 'alpha_ordinal', 'all raters'),
      alpha: card.value('agreement', 'alpha', 'people'),
    });
  },
};
