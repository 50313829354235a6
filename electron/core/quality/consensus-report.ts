import type { ConsensusReport } from '../../../shared/contract/quality-methods.ts';
import { CONSENSUS_RULES } from '../../../shared/labels/consensus.ts';
import { PeopleLabels } from '../../../shared/labels/consensus-column.ts';
import { LABELS } from '../../../shared/labels/vote-counts.ts';
import { likeliestLabel } from '../../../shared/labels/vote-model.ts';
import { CATEGORY_NAMES, CODE } from '../../../shared/study/verdict-codes.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { plannedOptions } from '../store/study/analysis-plans.ts';
import type { StudyRow } from '../store/study/studies.ts';

/** Expected pairs with a true label that a rater must have met for the rater's errors there to be told. */
const LEAST_MET = 0.5;

/** How the labels of a study come about under each rule, and each rater's errors under Dawid and Skene's model. */
export function consensusReport(store: ReadStore, study: StudyRow): ConsensusReport {
  const data = loadCardData(store, study);
  const pairs = data.itemOfPair.length;
  const options = { ...plannedOptions(store, study.id), adjudicated: 'nowhere' } as const;
  const labels = new PeopleLabels(data, pairs);
  const columns = CONSENSUS_RULES.map((consensus) => ({
    rule: consensus,
    ...labels.under({ ...options, consensus }),
  }));
  const majority = columns.find(({ rule }) => rule === 'majority');
  const model = labels.model(options.bothBad);
  let modelDiffers = 0;
  model?.pairs.forEach((pair, place) => {
    const label = majority?.codes[pair] ?? CODE.missing;
    const likeliest = likeliestLabel(model, place);
    if (label >= 0 && likeliest >= 0 && likeliest !== label) modelDiffers++;
  });
  return {
    pairs,
    kinds: majority?.kinds ?? null,
    adjudicated:
      data.adjudicated?.reduce((count, code) => count + (code >= 0 && code <= CODE.both_bad ? 1 : 0), 0) ?? 0,
    rules: columns.map(({ rule, codes }) => ({
      rule,
      labels: codes.reduce((count, code) => count + (code >= 0 ? 1 : 0), 0),
    })),
    model:
      model === null
        ? null
        : {
            classes: CATEGORY_NAMES.slice(0, LABELS),
            priors: [...model.priors],
            iterations: model.iterations,
            converged: model.converged,
            differsFromMajority: modelDiffers,
            raters: data.raters.map(({ name }, index) => ({
              rater: name,
              votes: model.votes[index] ?? 0,
              said: Array.from({ length: LABELS }, (_row, said) =>
                Array.from({ length: LABELS }, (_column, truth) =>
                  (model.met[index]?.[truth] ?? 0) < LEAST_MET
                    ? null
                    : (model.errors[index]?.[said * LABELS + truth] ?? 0),
                ),
              ),
            })),
          },
  };
}
