import { JUDGE, madeStudy } from '../made-study.ts';
import { figuresOf, ratedStudy } from '../rated-study.ts';
import type { Witness } from '../witness.ts';

interface Measured {
  readonly people: Readonly<Record<string, number>>;
  /** Wilson's, of the agreement, pairs as independent: every item has one pair here. */
  readonly interval: readonly [number, number];
  readonly fleiss: number;
}

/** Kappa with its error and Wilson's interval; Fleiss' kappa of a study in which everybody votes on everything. */
export const statsmodels: Witness = {
  name: 'statsmodels',
  environment: { registry: 'pypi', pins: 'statistics' },
  witness: async (trial) => {
    const { card, people, judge } = await ratedStudy(trial);
    const rows = madeStudy({ prefix: 'full' });
    await trial.importRows('Full', rows);
    const full = rows.map(({ human }) => (human ?? []).map(({ verdict }) => verdict));
    const said = await trial.python<Measured>('measured', { people, judge, full });
    trial.equal(
      'judge and people',
      said.people,
      figuresOf(card, Object.keys(said.people), 'agreement', 'people'),
    );
    trial.equal('Wilson’s interval', said.interval, card.interval('agreement', 'agreement', 'people'));
    const everybody = await trial.card('Full', JUDGE);
    trial.equal('Fleiss’ kappa', said.fleiss, everybody.value('people', 'fleiss_kappa', 'all raters'));
  },
};
