import { peopleView } from '../../../shared/card/columns/judge-view.ts';
import { fittedWeights, type PanelRule } from '../../../shared/card/judge-panel.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import { panelsOf, type StoredPanel } from '../store/judging/judge-panels.ts';
import { readStudy, type StudyAddress } from '../store/study/read-study.ts';

/** Fewer labelled dev pairs than this are no ground for weights. */
const FEWEST_PAIRS = 10;

export interface PanelRequest extends StudyAddress {
  readonly name: string;
  readonly rule: PanelRule;
  readonly members: readonly string[];
}

/** A panel with its weights, fitted on the dev split where the rule weighs. Throws where its members do not fit. */
export async function makePanel({ name, rule, members, ...address }: PanelRequest): Promise<StoredPanel> {
  return readStudy(address, (store, study) => {
    const { data, people } = peopleView(loadCardData(store, study), agreementOptionsSchema.parse({}));
    const panels = new Set(panelsOf(store, study.id).map((panel) => panel.name));
    if (new Set(members).size < members.length || members.length < 2) {
      throw new ServiceError('invalid_input', { key: 'panel.members_too_few' });
    }
    const columns = members.map((member) => {
      const column = panels.has(member) ? undefined : data.judges.find((judge) => judge.name === member);
      if (column === undefined)
        throw new ServiceError('not_found', { key: 'panel.member_without_verdicts', values: { member } });
      if (rule === 'mean_probability' && column.probabilityFirst === null) {
        throw new ServiceError('invalid_input', {
          key: 'panel.member_without_probabilities',
          values: { member },
        });
      }
      return column;
    });
    if (rule !== 'weighted') return { name, rule, members, weights: members.map(() => 1) };
    const isOnDev = data.isOnDev();
    const { weights, pairs } = fittedWeights(columns, people, (pair) => isOnDev[pair] === 1);
    if (pairs < FEWEST_PAIRS) {
      throw new ServiceError('conflict', {
        key: 'panel.pairs_too_few',
        values: { fewest: FEWEST_PAIRS, pairs },
      });
    }
    if (weights.every((weight) => weight === 0)) {
      throw new ServiceError('conflict', { key: 'panel.weights_impossible' });
    }
    return { name, rule, members, weights };
  });
}
