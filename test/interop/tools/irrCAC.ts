import { ratedStudy } from '../rated-study.ts';
import type { Witness } from '../witness.ts';

type Coefficients = Readonly<Record<'gwet' | 'fleiss' | 'krippendorff', number>>;

/** Gwet's AC1 and its relatives of raters with unequal counts, and of judge and people. */
export const irrCAC: Witness = {
  name: 'irrCAC',
  environment: { registry: 'pypi', pins: 'statistics' },
  witness: async (trial) => {
    const { card, people, judge, votes } = await ratedStudy(trial);
    const said = await trial.python<Record<'raters' | 'judge', Coefficients>>('measured', {
      people,
      judge,
      votes,
    });
    trial.equal('raters', said.raters, {
      gwet: card.value('people', 'ac1_many', 'all raters'),
      fleiss: card.value('people', 'fleiss_kappa', 'all raters'),
      krippendorff: card.value('people', 'alpha_nominal', 'all raters'),
    });
    trial.equal('judge and people', said.judge, {
      gwet: card.value('agreement', 'ac1', 'people'),
      fleiss: card.value('agreement', 'scotts_pi', 'people'),
      krippendorff: card.value('agreement', 'alpha', 'people'),
    });
  },
};
