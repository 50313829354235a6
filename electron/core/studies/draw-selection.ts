import { ServiceError } from '../../../shared/errors/errors.ts';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { drawPairs } from '../../../shared/selection/draw-pairs.ts';
import type { SelectionMethod } from '../../../shared/selection/selection-method.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import { readStudy, type StudyAddress } from '../store/study/read-study.ts';
import { selectionsOf, undrawablePairs } from '../store/study/selections.ts';

export interface Draw {
  readonly wave: number;
  readonly candidates: number;
  readonly pairIds: Int32Array;
  readonly probabilities: Float64Array;
}

/** Draws the next wave of pairs from one consistent view of the store. Writes nothing. */
export async function drawSelection({
  method,
  ...address
}: StudyAddress & { readonly method: SelectionMethod }): Promise<Draw> {
  return readStudy(address, (store, study) => {
    const data = loadCardData(store, study);
    const taken = undrawablePairs(store, study.id);
    const candidates = Int32Array.from(data.pairIds.keys()).filter(
      (pair) => !taken.has(data.pairIds[pair] ?? -1),
    );
    const wave = selectionsOf(store, study.id).length;
    const drawn = drawPairs(data, candidates, method, seededRandom(`draw|${study.design.seed}|${wave}`));
    if ('missing' in drawn)
      throw new ServiceError('not_found', { key: 'design.subject_unknown', values: { what: drawn.missing } });
    if ('refused' in drawn)
      throw new ServiceError('invalid_input', {
        key: 'design.draw_refused',
        values: { reason: drawn.refused },
      });
    return {
      wave,
      candidates: candidates.length,
      pairIds: drawn.pairs.map((pair) => data.pairIds[pair] ?? -1),
      probabilities: drawn.probabilities,
    };
  });
}
