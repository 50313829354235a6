import { figuresOf, ratedStudy } from '../rated-study.ts';
import type { Witness } from '../witness.ts';

/** Its measures of judge against people, and of one rater against another. */
export const scikitLearn: Witness = {
  name: 'scikit-learn',
  environment: { registry: 'pypi', pins: 'statistics' },
  witness: async (trial) => {
    const { card, people, judge, votes, raters } = await ratedStudy(trial);
    const two = [0, 1].map((rater) => votes.map((each) => each[rater]));
    const said = await trial.python<Record<'people' | 'two', Record<string, number>>>('measured', {
      people,
      judge,
      two,
    });
    trial.equal(
      'judge and people',
      said.people,
      figuresOf(card, Object.keys(said.people), 'agreement', 'people'),
    );
    const row = `${raters[0]} – ${raters[1]}`;
    trial.equal('two raters', said.two, figuresOf(card, Object.keys(said.two), 'people', row));
  },
};
