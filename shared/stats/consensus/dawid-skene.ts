import { DistinctLists } from '../resampling/distinct-lists.ts';

/** Labels of many noisy annotators, counted once: who labelled what, and how. */
export interface Annotations {
  readonly tasks: number;
  readonly workers: number;
  readonly classes: number;
  /** Aligned: the task, the worker and the label of each annotation. */
  readonly task: Int32Array;
  readonly worker: Int32Array;
  readonly label: Int8Array | Int32Array;
}

/** Estimates after some iterations. */
export interface DawidSkene {
  /** `tasks * classes`: how likely each class is for each task. Not calibrated probabilities. */
  readonly posterior: Float64Array;
  readonly priors: Float64Array;
  /** `workers * classes * classes`, as errors[worker][label given][true class]. */
  readonly errors: Float64Array;
  /** Observed-data log likelihood at `priors` and `errors`; without a pseudocount it never falls between iterations. */
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface DawidSkeneOptions {
  /** Exactly so many E-steps, instead of stopping when the likelihood settles. */
  readonly iterations?: number;
  /** The largest number of E-steps; 100 by default. */
  readonly mostIterations?: number;
  /** Stop when the log likelihood gains less than this; 1e-6 by default. */
  readonly tolerance?: number;
  /**
   * Added to every cell of a worker's error counts; 0 by default. Workers with few labels need it, and it makes another
   * estimator: say so.
   */
  readonly pseudocount?: number;
}

/** Error counts are held above this before they are normalised. */
const FLOOR = 1e-10;

/** The share of each task's labels that name each class, `tasks * classes`; 0 for a task nobody labelled. */
export function voteShares({ tasks, classes, task, label }: Annotations): Float64Array {
  const shares = new Float64Array(tasks * classes);
  const totals = new Float64Array(tasks);
  for (let index = 0; index < task.length; index++) {
    const cell = (task[index] ?? 0) * classes + (label[index] ?? 0);
    shares[cell] = (shares[cell] ?? 0) + 1;
    totals[task[index] ?? 0] = (totals[task[index] ?? 0] ?? 0) + 1;
  }
  return shares.map((count, cell) => (count === 0 ? 0 : count / (totals[Math.floor(cell / classes)] ?? 1)));
}

/**
 * Dawid & Skene's EM (1979) for the true classes and each worker's confusion matrix. Starts at the vote shares with
 * an M-step; every iteration is an E-step and an M-step. Observed (worker, label) rows are floored at 1e-10 before
 * they are normalised over labels; a label a worker never used has probability 0 and never enters. Uncertainty is by
 * resampling tasks.
 */
export function dawidSkene(annotations: Annotations, options: DawidSkeneOptions = {}): DawidSkene {
  const { tasks, workers, classes } = annotations;
  if (annotations.task.length === 0) throw new RangeError('Dawid–Skene of no annotations');
  const most = options.iterations ?? options.mostIterations ?? 100;
  const tolerance = options.tolerance ?? 1e-6;
  const byTask = groupByTask(annotations);
  const posterior = voteShares(annotations);
  const priors = new Float64Array(classes);
  const errors = new Float64Array(workers * classes * classes);
  const logErrors = new Float64Array(errors.length);
  maximise(byTask, annotations, posterior, priors, errors, options.pseudocount ?? 0);
  let logLikelihood = Number.NEGATIVE_INFINITY;
  let iterations = 0;
  let converged = false;
  while (iterations < most && !converged) {
    const before = expect(byTask, tasks, classes, priors, errors, logErrors, posterior);
    maximise(byTask, annotations, posterior, priors, errors, options.pseudocount ?? 0);
    iterations++;
    converged = options.iterations === undefined && before - logLikelihood < tolerance;
    logLikelihood = before;
  }
  const final = expect(byTask, tasks, classes, priors, errors, logErrors, posterior.slice());
  return { posterior, priors, errors, logLikelihood: final, iterations, converged };
}

/** Annotations sorted by task, as offsets into the error matrices. */
interface ByTask {
  /** Where each task's annotations begin; one more entry than there are tasks. */
  readonly starts: Int32Array;
  /** (worker · classes + label) · classes of each annotation. */
  readonly rows: Int32Array;
  /** 1 where a worker ever used a label, at worker · classes + label. */
  readonly used: Uint8Array;
  /** Tasks that were labelled alike have one posterior: the number of each task's kind, and a task of each. */
  readonly kindOfTask: Int32Array;
  readonly taskOfKind: Int32Array;
}

function groupByTask({ tasks, workers, classes, task, worker, label }: Annotations): ByTask {
  const used = new Uint8Array(workers * classes);
  const starts = new Int32Array(tasks + 1);
  for (const each of task) starts[each + 1] = (starts[each + 1] ?? 0) + 1;
  for (let index = 0; index < tasks; index++)
    starts[index + 1] = (starts[index + 1] ?? 0) + (starts[index] ?? 0);
  const next = starts.slice();
  const rows = new Int32Array(task.length);
  for (let index = 0; index < task.length; index++) {
    const at = next[task[index] ?? 0] ?? 0;
    const row = (worker[index] ?? 0) * classes + (label[index] ?? 0);
    rows[at] = row * classes;
    used[row] = 1;
    next[task[index] ?? 0] = at + 1;
  }
  return { starts, rows, used, ...kindsOfTasks(starts, rows) };
}

/** Of tasks with annotations; another has no kind, −1. */
function kindsOfTasks(starts: Int32Array, rows: Int32Array): Pick<ByTask, 'kindOfTask' | 'taskOfKind'> {
  const kinds = new DistinctLists();
  const kindOfTask = new Int32Array(starts.length - 1).fill(-1);
  const taskOfKind: number[] = [];
  for (let task = 0; task < kindOfTask.length; task++) {
    const [from, to] = [starts[task] ?? 0, starts[task + 1] ?? 0];
    if (from === to) continue;
    const kind = kinds.numberOf(rows, from, to);
    if (kind === taskOfKind.length) taskOfKind.push(task);
    kindOfTask[task] = kind;
  }
  return { kindOfTask, taskOfKind: Int32Array.from(taskOfKind) };
}

/** The E-step: posteriors from priors and errors, in logs with the maximum taken out. Returns the log likelihood. */
function expect(
  { starts, rows, kindOfTask, taskOfKind }: ByTask,
  tasks: number,
  classes: number,
  priors: Float64Array,
  errors: Float64Array,
  logErrors: Float64Array,
  posterior: Float64Array,
): number {
  for (let index = 0; index < errors.length; index++) logErrors[index] = Math.log(errors[index] ?? 0);
  const logPriors = priors.map(Math.log);
  const logs = new Float64Array(classes);
  const ofKind = new Float64Array(taskOfKind.length * classes);
  const likelihoods = new Float64Array(taskOfKind.length);
  for (const [kind, task] of taskOfKind.entries()) {
    logs.set(logPriors);
    for (let index = starts[task] ?? 0; index < (starts[task + 1] ?? 0); index++) {
      const row = rows[index] ?? 0;
      for (let truth = 0; truth < classes; truth++)
        logs[truth] = (logs[truth] ?? 0) + (logErrors[row + truth] ?? 0);
    }
    let top = Number.NEGATIVE_INFINITY;
    for (let truth = 0; truth < classes; truth++) top = Math.max(top, logs[truth] ?? top);
    let sum = 0;
    const cell = kind * classes;
    for (let truth = 0; truth < classes; truth++) {
      const weight = Math.exp((logs[truth] ?? 0) - top);
      ofKind[cell + truth] = weight;
      sum += weight;
    }
    for (let truth = 0; truth < classes; truth++) ofKind[cell + truth] = (ofKind[cell + truth] ?? 0) / sum;
    likelihoods[kind] = top + Math.log(sum);
  }
  // Summed task by task: the order of a sum is part of its last digits.
  let logLikelihood = 0;
  for (let task = 0; task < tasks; task++) {
    const kind = kindOfTask[task] ?? -1;
    if (kind < 0) continue;
    logLikelihood += likelihoods[kind] ?? 0;
    for (let truth = 0; truth < classes; truth++)
      posterior[task * classes + truth] = ofKind[kind * classes + truth] ?? 0;
  }
  return logLikelihood;
}

/** The M-step: priors are mean posteriors over labelled tasks, errors the normalised sums of posteriors. */
function maximise(
  { starts, rows, used }: ByTask,
  { tasks, workers, classes }: Annotations,
  posterior: Float64Array,
  priors: Float64Array,
  errors: Float64Array,
  pseudocount: number,
): void {
  errors.fill(0);
  priors.fill(0);
  let labelled = 0;
  for (let task = 0; task < tasks; task++) {
    const from = starts[task] ?? 0;
    const to = starts[task + 1] ?? 0;
    if (from === to) continue;
    labelled++;
    const cell = task * classes;
    for (let truth = 0; truth < classes; truth++)
      priors[truth] = (priors[truth] ?? 0) + (posterior[cell + truth] ?? 0);
    for (let index = from; index < to; index++) {
      const row = rows[index] ?? 0;
      for (let truth = 0; truth < classes; truth++) {
        errors[row + truth] = (errors[row + truth] ?? 0) + (posterior[cell + truth] ?? 0);
      }
    }
  }
  for (let truth = 0; truth < classes; truth++) priors[truth] = (priors[truth] ?? 0) / labelled;
  for (let worker = 0; worker < workers; worker++) {
    for (let truth = 0; truth < classes; truth++) {
      let sum = 0;
      for (let label = 0; label < classes; label++) {
        const row = worker * classes + label;
        const cell = row * classes + truth;
        const counts = used[row] === 1 || pseudocount > 0;
        const count = counts ? Math.max((errors[cell] ?? 0) + pseudocount, FLOOR) : 0;
        errors[cell] = count;
        sum += count;
      }
      if (sum === 0) continue;
      for (let label = 0; label < classes; label++) {
        const cell = (worker * classes + label) * classes + truth;
        errors[cell] = (errors[cell] ?? 0) / sum;
      }
    }
  }
}
