/** Which pairs of a study go into a pack, and which of its raters sees which. */
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { PackOptions } from '../../../shared/pack/pack-options.ts';
import { permutedIndex } from '../../../shared/random/keyed-permutation.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { labelledPairs, takenPlaces } from '../store/packs/packs.ts';
import { knownAnswerOf, knownPairs } from '../store/study/known-answers.ts';
import { isLeftOut, leftOutPairs } from '../store/study/pair-decisions.ts';
import { pairIdOf, pairOfRun, pairRuns } from '../store/study/pair-runs.ts';
import type { StudyRow } from '../store/study/studies.ts';

/**
 * Pairs in the order they are given out: the named ones, or a share of those the study wants rated, at random. A greater
 * share of the same pack holds the pairs of a smaller one.
 */
export function choosePairs(
  store: ReadStore,
  study: StudyRow,
  packId: string,
  options: PackOptions,
): number[] {
  if (options.pairs !== null) return namedPairs(store, study, options.pairs);
  const known = knownPairs(store, study.id);
  const leftOut = leftOutPairs(store, study.id);
  const wanted: number[] = [];
  for (const run of pairRuns(store, study.id)) {
    for (let place = 0; place < run.count; place++) {
      const pairId = pairOfRun(store, study.id, run, place);
      if (pairId !== undefined && !known.has(pairId) && !leftOut.has(pairId)) wanted.push(pairId);
    }
  }
  const key = `pack pairs|${study.design.seed}|${packId}`;
  const count = Math.round((options.share ?? 1) * wanted.length);
  return Array.from(
    { length: count },
    (_none, place) => wanted[permutedIndex(place, wanted.length, key)] ?? 0,
  );
}

function namedPairs(store: ReadStore, study: StudyRow, names: readonly string[]): number[] {
  const chosen = new Set<number>();
  for (const [index, name] of names.entries()) {
    const named = { line: index + 1, pair: name };
    const pairId = pairIdOf(store, study.id, name);
    if (pairId === undefined)
      throw new ServiceError('invalid_input', { key: 'pack_making.pair_unknown', values: named });
    if (knownAnswerOf(store, pairId) !== undefined)
      throw new ServiceError('invalid_input', { key: 'pack_making.answer_known', values: named });
    if (isLeftOut(store, pairId))
      throw new ServiceError('invalid_input', { key: 'pack_making.pair_left_out', values: named });
    if (chosen.has(pairId))
      throw new ServiceError('invalid_input', { key: 'pack_making.pair_twice', values: named });
    chosen.add(pairId);
  }
  return [...chosen];
}

/**
 * Gives the pairs out in turn, so that raters have as many as each other. With a number of raters per pair, a pair goes to
 * as many as it still has room for; else to all.
 *
 * @returns for each rater the pairs that are new
 */
export function assignedPairs(
  store: ReadStore,
  { design }: StudyRow,
  pairs: readonly number[],
  raterIds: readonly number[],
): Map<number, number[]> {
  const had = new Map(raterIds.map((id) => [id, labelledPairs(store, id)]));
  const assigned = new Map<number, number[]>(raterIds.map((id) => [id, []]));
  const sharedPairs = Math.round(design.overlapShare * pairs.length);
  let turn = 0;
  for (const [index, pairId] of pairs.entries()) {
    const isForAll = design.ratersPerPair === null || index < sharedPairs;
    let free = isForAll
      ? raterIds.length
      : Math.max(0, (design.ratersPerPair ?? 0) - takenPlaces(store, pairId));
    for (let step = 0; step < raterIds.length && free > 0; step++) {
      const raterId = raterIds[(turn + step) % raterIds.length];
      if (raterId === undefined || had.get(raterId)?.has(pairId) === true) continue;
      assigned.get(raterId)?.push(pairId);
      free--;
      if (!isForAll && free === 0) turn = (turn + step + 1) % raterIds.length;
    }
  }
  return assigned;
}
