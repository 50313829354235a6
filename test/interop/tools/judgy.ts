import { join } from 'node:path';
import { JUDGE } from '../made-study.ts';
import { partlyLabelled } from '../rated-study.ts';
import type { Witness } from '../witness.ts';

interface Corrected {
  /** Whose rate of wins it is. */
  readonly system: string;
  readonly estimate: number;
  readonly labelled: number;
  readonly unlabelled: number;
}

/** Its corrected success rate of what is exported for it is the card's Rogan–Gladen rate. */
export const judgy: Witness = {
  name: 'judgy',
  environment: { registry: 'pypi', pins: 'statistics' },
  witness: async (trial) => {
    const rows = partlyLabelled();
    await trial.importRows('Partly', rows);
    const card = await trial.card('Partly', JUDGE);
    const path = join(await trial.exportAs('Partly', 'judgy'), 'judgy.json');
    const said = await trial.python<Corrected>('corrected', { path, judge: JUDGE });
    const labelled = rows.filter(({ human }) => human !== undefined).length;
    trial.went.push(`${said.labelled} labels, ${said.unlabelled} predictions`);
    trial.equal('counts', [said.labelled, said.unlabelled], [labelled, rows.length - labelled]);
    trial.equal('corrected rate', said.estimate, card.value('decision', 'rogan_gladen', said.system));
  },
};
