/** Dawid and Skene's model of a study's votes: how each rater errs, and how likely each label of a pair is. */
import { type DawidSkene, dawidSkene } from '../stats/consensus/dawid-skene.ts';
import { CODE } from '../study/verdict-codes.ts';
import type { AgreementOptions } from './agreement-options.ts';
import { LABELS, votesOfPairs } from './vote-counts.ts';

/** One rater's votes, one code per pair. */
export interface RaterColumn {
  readonly name: string;
  readonly codes: Int8Array;
  /** By how many steps the chosen side is better, 0 where a vote says none; absent where none of them says. */
  readonly strengths?: Int8Array;
}

/** The model after fitting. */
export interface VoteModel extends Pick<DawidSkene, 'iterations' | 'converged'> {
  /** The study's pairs that have a vote, ascending; `posterior` has a row for each. */
  readonly pairs: Int32Array;
  /** `pairs.length * LABELS`: how likely each label is under the model. Shares of a model, not of people. */
  readonly posterior: Float64Array;
  /** How often each label is the true one. */
  readonly priors: Float64Array;
  /** For each rater `LABELS * LABELS`: the chance of a vote (row) where a label is true (column). */
  readonly errors: readonly Float64Array[];
  /** Votes of each rater. */
  readonly votes: Int32Array;
  /** For each rater and label, how many of the rater's pairs have it as the true one, as the model expects. */
  readonly met: readonly Float64Array[];
}

/** A vote's class, {@link CODE.missing} for none. */
export function votedCode(code: number | undefined, bothBad: AgreementOptions['bothBad']): number {
  if (code === undefined || code < 0 || code > CODE.both_bad) return CODE.missing;
  return code === CODE.both_bad && bothBad === 'tie' ? CODE.tie : code;
}

/** Fits the model to all votes of a study; null where there is none. */
export function voteModel(
  raters: readonly RaterColumn[],
  pairCount: number,
  { bothBad }: Pick<AgreementOptions, 'bothBad'>,
): VoteModel | null {
  const fold = Int8Array.from({ length: CODE.skipped + 2 }, (_code, place) => votedCode(place - 1, bothBad));
  const { starts, rater: worker, label } = votesOfPairs(raters, pairCount, fold);
  const task = new Int32Array(label.length);
  const pairs: number[] = [];
  for (let pair = 0; pair < pairCount; pair++) {
    const [from, to] = [starts[pair] ?? 0, starts[pair + 1] ?? 0];
    task.fill(pairs.length, from, to);
    if (to > from) pairs.push(pair);
  }
  if (pairs.length === 0) return null;
  const { posterior, priors, errors, iterations, converged } = dawidSkene({
    tasks: pairs.length,
    workers: raters.length,
    classes: LABELS,
    task,
    worker,
    label,
  });
  const size = LABELS * LABELS;
  const met = raters.map(() => new Float64Array(LABELS));
  const votes = new Int32Array(raters.length);
  worker.forEach((rater, index) => {
    votes[rater] = (votes[rater] ?? 0) + 1;
    const own = met[rater];
    const row = (task[index] ?? 0) * LABELS;
    for (let truth = 0; truth < LABELS; truth++)
      if (own !== undefined) own[truth] = (own[truth] ?? 0) + (posterior[row + truth] ?? 0);
  });
  return {
    pairs: Int32Array.from(pairs),
    posterior,
    priors,
    errors: raters.map((_rater, index) => errors.slice(index * size, (index + 1) * size)),
    votes,
    met,
    iterations,
    converged,
  };
}

/** The likeliest label of the n-th pair of a model; {@link CODE.missing} where two are equally likely. */
export function likeliestLabel({ posterior }: Pick<VoteModel, 'posterior'>, place: number): number {
  const from = place * LABELS;
  let highest = Number.NEGATIVE_INFINITY;
  for (let code = 0; code < LABELS; code++) highest = Math.max(highest, posterior[from + code] ?? 0);
  let leader: number = CODE.missing;
  for (let code = 0; code < LABELS; code++) {
    if (!((posterior[from + code] ?? 0) > highest - 1e-9)) continue;
    if (leader >= 0) return CODE.missing;
    leader = code;
  }
  return leader;
}
