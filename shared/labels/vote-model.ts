/** Dawid and Skene's model of a study's votes: how each rater errs, and how likely each label of a pair is. */
import { type DawidSkene, dawidSkene } from '../stats/consensus/dawid-skene.ts';
import { CODE } from '../study/verdict-codes.ts';
import type { AgreementOptions } from './agreement-options.ts';

/** One rater's votes, one code per pair. */
export interface RaterColumn {
  readonly name: string;
  readonly codes: Int8Array;
  /** By how many steps the chosen side is better, 0 where a vote says none; absent where none of them says. */
  readonly strengths?: Int8Array;
}

/** Labels are first, second, tie, both bad. */
export const LABEL_CLASSES = CODE.both_bad + 1;

/** The model after fitting. */
export interface VoteModel extends Pick<DawidSkene, 'iterations' | 'converged'> {
  /** The study's pairs that have a vote, ascending; `posterior` has a row for each. */
  readonly pairs: Int32Array;
  /** `pairs.length * LABEL_CLASSES`: how likely each label is under the model. Shares of a model, not of people. */
  readonly posterior: Float64Array;
  /** How often each label is the true one. */
  readonly priors: Float64Array;
  /** For each rater `LABEL_CLASSES * LABEL_CLASSES`: the chance of a vote (row) where a label is true (column). */
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
  const votes = new Int32Array(raters.length);
  const fold = Int8Array.from({ length: CODE.skipped + 2 }, (_code, place) => votedCode(place - 1, bothBad));
  let all = 0;
  raters.forEach(({ codes }, rater) => {
    let own = 0;
    for (let pair = 0; pair < pairCount; pair++)
      if ((fold[(codes[pair] ?? CODE.missing) + 1] ?? CODE.missing) >= 0) own++;
    votes[rater] = own;
    all += own;
  });
  const task = new Int32Array(all);
  const worker = new Int32Array(all);
  const label = new Int32Array(all);
  const pairs: number[] = [];
  let at = 0;
  for (let pair = 0; pair < pairCount; pair++) {
    const before = at;
    for (let rater = 0; rater < raters.length; rater++) {
      const code = fold[(raters[rater]?.codes[pair] ?? CODE.missing) + 1] ?? CODE.missing;
      if (code < 0) continue;
      task[at] = pairs.length;
      worker[at] = rater;
      label[at] = code;
      at++;
    }
    if (at > before) pairs.push(pair);
  }
  if (pairs.length === 0) return null;
  const { posterior, priors, errors, iterations, converged } = dawidSkene({
    tasks: pairs.length,
    workers: raters.length,
    classes: LABEL_CLASSES,
    task,
    worker,
    label,
  });
  const size = LABEL_CLASSES * LABEL_CLASSES;
  const met = raters.map(() => new Float64Array(LABEL_CLASSES));
  worker.forEach((rater, index) => {
    const own = met[rater];
    const row = (task[index] ?? 0) * LABEL_CLASSES;
    for (let truth = 0; truth < LABEL_CLASSES; truth++)
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
  const from = place * LABEL_CLASSES;
  let highest = Number.NEGATIVE_INFINITY;
  for (let code = 0; code < LABEL_CLASSES; code++) highest = Math.max(highest, posterior[from + code] ?? 0);
  let leader: number = CODE.missing;
  for (let code = 0; code < LABEL_CLASSES; code++) {
    if (!((posterior[from + code] ?? 0) > highest - 1e-9)) continue;
    if (leader >= 0) return CODE.missing;
    leader = code;
  }
  return leader;
}
