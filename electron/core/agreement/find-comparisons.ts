import { dataOfSlice } from '../../../shared/card/agreement-card.ts';
import type { ComparisonFilter } from '../../../shared/card/columns/comparison-filter.ts';
import { matchingPairs } from '../../../shared/card/columns/matching-pairs.ts';
import type { OpenComparison } from '../../../shared/contract/agreement-methods.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { loadCardData } from '../store/columns/card-columns.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { judgmentsOfPair } from '../store/judging/judgments.ts';
import { votesOfPair } from '../store/rating/ratings.ts';
import { conversationsOf } from '../store/records/native-row.ts';
import { newestClassOf } from '../store/review/disagreement-classes.ts';
import { decisionsOnPair } from '../store/review/reviews.ts';
import { pairById } from '../store/study/comparisons.ts';
import type { StudyRow } from '../store/study/studies.ts';

/** The comparisons behind a figure, named and with every vote. For unblinded studies only. */
export function findComparisons(
  store: ReadStore,
  study: StudyRow,
  { slice, filter, offset, limit, ...input }: ParsedInputOf<'agreement.comparisons'>,
): ReplyOf<'agreement.comparisons'> {
  if (study.unblindedAt === null) {
    throw new ServiceError('study_blinded', { key: 'figures.blind_comparisons' });
  }
  const data = dataOfSlice(loadCardData(store, study), slice ?? null);
  if (data === null) throw new ServiceError('not_found', { key: 'figures.slice_unknown' });
  const options = agreementOptionsSchema.parse(input.options);
  const pairsWith = (filter: ComparisonFilter) => requireKnown(matchingPairs(data, options, filter));
  const found = pairsWith(filter);
  // What a judge does between its orders compares nobody with anybody.
  const isCompared = filter.orders === undefined && filter.system === undefined;
  const parted = new Set(isCompared && filter.agree !== true ? pairsWith({ ...filter, agree: false }) : []);
  const partedFirst = [...found].sort((one, two) => Number(parted.has(two)) - Number(parted.has(one)));
  return {
    total: found.length,
    comparisons: partedFirst
      .slice(offset, offset + limit)
      .map((pair) => openComparison(store, data.pairIds[pair] ?? -1, isCompared ? !parted.has(pair) : null)),
  };
}

function requireKnown(found: ReturnType<typeof matchingPairs>): Int32Array {
  if ('unknown' in found) {
    throw new ServiceError('not_found', {
      key: 'figures.name_unknown',
      values: { what: found.unknown, name: found.name },
    });
  }
  return found;
}

function openComparison(store: ReadStore, pairId: number, agrees: boolean | null): OpenComparison {
  const pair = pairById(store, pairId);
  if (pair === undefined) throw new Error(`pair ${pairId} vanished inside a transaction`);
  const { prompt, first, second } = conversationsOf(pair);
  return {
    pair: pairId,
    id: pair.externalId,
    agrees,
    class: newestClassOf(store, pairId)?.class ?? null,
    task: prompt,
    first: { system: pair.firstSystem, output: first },
    second: { system: pair.secondSystem, output: second },
    slices: JSON.parse(pair.slices) as Record<string, string>,
    human: votesOfPair(store, pairId).map(({ rater, verdict, note, isExcluded }) => ({
      rater,
      verdict,
      note,
      isExcluded: isExcluded === 1,
    })),
    decisions: decisionsOnPair(store, pairId).map(({ by, verdict, note }) => ({ by, verdict, note })),
    judge: judgmentsOfPair(store, pairId).map(({ judge, order, verdict, raw }) => ({
      judge,
      order,
      verdict,
      raw,
    })),
  };
}
