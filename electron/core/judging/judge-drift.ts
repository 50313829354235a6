/** Rounds of a judge on the same anchors: did the model behind the name change? */
import { LEAST_BLIND_PAIRS } from '../../../shared/blind/few-pairs.ts';
import type { DriftReport } from '../../../shared/contract/judge-methods.ts';
import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import { consensusOf } from '../../../shared/labels/consensus.ts';
import { anchorWaves } from '../../../shared/stats/drift/anchor-waves.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import type { ReadStore } from '../store/engine/database.ts';
import type { JudgeVersion } from '../store/judging/judge-versions.ts';
import { modelsOfWave, verdictsOfWave, wavesOf } from '../store/judging/judge-waves.ts';
import { votesOfPair } from '../store/rating/ratings.ts';
import type { StudyRow } from '../store/study/studies.ts';
import type { Asked } from '../work/asked.ts';
import { requireVersion } from './require-version.ts';

/** Rounds that are taken for the unchanged judge: run them when it is new. */
const REFERENCE_ROUNDS = 3;

/** Every round so far, with the band that noise alone makes. */
export function reportDrift(
  store: ReadStore,
  study: StudyRow,
  { judge }: ParsedInputOf<'judges.drift'>,
  { isForPage }: Asked,
): DriftReport {
  return driftOf(store, requireVersion(store, study, judge), isForPage && study.unblindedAt === null);
}

/** @param isBlind agreement with people over few pairs is not told */
function driftOf(store: ReadStore, version: JudgeVersion, isBlind: boolean): DriftReport {
  const stored = wavesOf(store, version.judgeId);
  const verdicts = stored.map(({ judgeId }) => verdictsOfWave(store, judgeId));
  const anchors = new Map<
    string,
    { readonly place: number; readonly item: number; readonly pairId: number }
  >();
  for (const { pairId, itemId, order } of verdicts.flat()) {
    const key = `${pairId} ${order}`;
    if (!anchors.has(key)) anchors.set(key, { place: anchors.size, item: itemId, pairId });
  }
  const numberOfItem = new Map(
    [...new Set([...anchors.values()].map(({ item }) => item))].map((item, index) => [item, index]),
  );
  const items = Int32Array.from(anchors.values(), ({ item }) => numberOfItem.get(item) ?? 0);
  const rounds = verdicts.map((round) => {
    const codes = new Int8Array(anchors.size).fill(CODE.missing);
    for (const { pairId, order, verdict } of round) {
      // An answer that cannot be read is an answer of its own; none at all says nothing of the judge.
      if (verdict !== 'error') codes[anchors.get(`${pairId} ${order}`)?.place ?? 0] = CODE[verdict];
    }
    return codes;
  });
  const pairs = [...new Set([...anchors.values()].map(({ pairId }) => pairId))];
  const labelOf = new Map(pairs.map((pairId) => [pairId, labelOfPair(store, pairId)]));
  const labels = Int8Array.from(anchors.values(), ({ pairId }) => labelOf.get(pairId) ?? CODE.missing);
  const labelled = [...labelOf.values()].filter((label) => label >= 0).length;
  const isTold = !isBlind || labelled >= LEAST_BLIND_PAIRS;
  const found = anchorWaves(rounds, items, REFERENCE_ROUNDS);
  return {
    judge: version.name,
    anchors: pairs.length,
    referenceRounds: REFERENCE_ROUNDS,
    reason: found.defined ? null : found.reason,
    rounds: stored.map(({ wave, judgeId, startedAt }, index) => {
      const outcome = found.defined ? found.waves[index] : undefined;
      return {
        round: wave,
        startedAt,
        isReference: index < REFERENCE_ROUNDS,
        models: modelsOfWave(store, judgeId),
        ...agreementOf(rounds[index] ?? new Int8Array(), isTold ? labels : new Int8Array()),
        ...(outcome?.defined === true
          ? {
              n: outcome.n,
              change: outcome.change,
              noise: outcome.noise,
              limit: outcome.limit,
              isBeyond: outcome.isBeyond,
            }
          : { n: 0, change: null, noise: null, limit: null, isBeyond: false }),
      };
    }),
  };
}

function labelOfPair(store: ReadStore, pairId: number): number {
  const counted = votesOfPair(store, pairId).filter(({ isExcluded }) => isExcluded === 0);
  return consensusOf(counted.map(({ verdict }) => CODE[verdict])).code;
}

function agreementOf(
  codes: Int8Array,
  labels: Int8Array,
): { readonly labelled: number; readonly agreement: number | null } {
  let [labelled, agreed] = [0, 0];
  codes.forEach((code, anchor) => {
    const label = labels[anchor] ?? CODE.missing;
    if (code < 0 || label < 0) return;
    labelled++;
    if (code === label) agreed++;
  });
  return { labelled, agreement: labelled === 0 ? null : agreed / labelled };
}
