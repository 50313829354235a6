import { JUDGE, SYSTEMS } from '../made-study.ts';
import { partlyLabelled } from '../rated-study.ts';
import type { Witness } from '../witness.ts';

interface Powered {
  readonly estimate: number;
  readonly interval: readonly [number, number];
}

/** Its prediction-powered mean is the card's corrected win rate. */
export const ppiPython: Witness = {
  name: 'ppi-python',
  environment: { registry: 'pypi', pins: 'statistics' },
  witness: async (trial) => {
    const rows = partlyLabelled();
    await trial.importRows('Partly', rows);
    const card = await trial.card('Partly', JUDGE);
    const win = (verdict: string | undefined) => Number(verdict === 'first');
    const labelled = rows.filter(({ human }) => human !== undefined);
    const others = rows.filter(({ human }) => human === undefined);
    const judged = (some: typeof rows) => some.map(({ judge }) => win(judge?.[0]?.verdict));
    const said = await trial.python<Powered>('powered', {
      labels: labelled.map(({ human }) => win(human?.[0]?.verdict)),
      judged: judged(labelled),
      unlabelled: judged(others),
    });
    trial.went.push(`${labelled.length} labels, ${others.length} predictions`);
    // It divides variances by n, the card by n − 1, as glide does.
    const tolerance = 1 / (5 * labelled.length);
    trial.equal(
      'powered win rate',
      said.estimate,
      card.value('decision', 'ppi_win_rate', SYSTEMS[0]),
      tolerance,
    );
    trial.equal(
      'its interval',
      said.interval,
      card.interval('decision', 'ppi_win_rate', SYSTEMS[0]),
      tolerance,
    );
  },
};
