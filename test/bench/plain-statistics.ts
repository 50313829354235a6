/** The same statistics as one would write them first: row by row, a map per row, resampled rows. */
import type { Annotations } from '../../shared/stats/consensus/dawid-skene.ts';
import type { RatingMatrix } from '../../shared/stats/many-raters/rating-matrix.ts';

export function plainKappa(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const [firstCounts, secondCounts] = [new Map<number, number>(), new Map<number, number>()];
  let agreeing = 0;
  for (let index = 0; index < first.length; index++) {
    const [one, two] = [first[index] ?? 0, second[index] ?? 0];
    if (one === two) agreeing++;
    firstCounts.set(one, (firstCounts.get(one) ?? 0) + 1);
    secondCounts.set(two, (secondCounts.get(two) ?? 0) + 1);
  }
  const n = first.length;
  let expected = 0;
  for (const [label, count] of firstCounts) expected += (count / n) * ((secondCounts.get(label) ?? 0) / n);
  return (agreeing / n - expected) / (1 - expected);
}

function plainFleiss(rows: readonly number[][], categories: number): number {
  const totals = new Array<number>(categories).fill(0);
  let agreement = 0;
  for (const row of rows) {
    const counts = new Map<number, number>();
    for (const label of row) counts.set(label, (counts.get(label) ?? 0) + 1);
    for (const [label, count] of counts) {
      totals[label] = (totals[label] ?? 0) + count;
      agreement += (count * (count - 1)) / (row.length * (row.length - 1));
    }
  }
  const all = totals.reduce((sum, count) => sum + count, 0);
  const expected = totals.reduce((sum, count) => sum + (count / all) ** 2, 0);
  return (agreement / rows.length - expected) / (1 - expected);
}

/** Percentile ends from resampled rows; no jackknife, which would visit every item 10,000 times. */
export function plainBootstrap(
  matrix: RatingMatrix,
  replicates: number,
  unit: () => number,
): readonly [number, number] {
  const rows = Array.from({ length: matrix.units }, (_row, index) =>
    Array.from(matrix.codes.subarray(index * matrix.raters, (index + 1) * matrix.raters)),
  );
  const values = Array.from({ length: replicates }, () =>
    plainFleiss(
      rows.map(() => rows[Math.floor(unit() * rows.length)] ?? []),
      matrix.categories,
    ),
  ).sort((first, second) => first - second);
  return [values[Math.floor(0.025 * replicates)] ?? 0, values[Math.floor(0.975 * replicates)] ?? 0];
}

export function plainAlpha(matrix: RatingMatrix): number {
  const coincidences = new Map<string, number>();
  const totals = new Map<number, number>();
  for (let index = 0; index < matrix.units; index++) {
    const row = Array.from(matrix.codes.subarray(index * matrix.raters, (index + 1) * matrix.raters)).filter(
      (code) => code >= 0,
    );
    if (row.length < 2) continue;
    row.forEach((one, first) => {
      totals.set(one, (totals.get(one) ?? 0) + 1);
      row.forEach((two, second) => {
        if (first === second) return;
        const key = `${one},${two}`;
        coincidences.set(key, (coincidences.get(key) ?? 0) + 1 / (row.length - 1));
      });
    });
  }
  const n = [...totals.values()].reduce((sum, count) => sum + count, 0);
  let [observed, expected] = [0, 0];
  for (const [one, count] of totals) {
    for (const [two, other] of totals) {
      if (one === two) continue;
      observed += coincidences.get(`${one},${two}`) ?? 0;
      expected += count * other;
    }
  }
  return 1 - ((n - 1) * observed) / expected;
}

/** Nested arrays and logarithms per annotation; returns the log likelihood after the last iteration. */
export function plainDawidSkene(
  { tasks, workers, classes, task, worker, label }: Annotations,
  iterations: number,
): number {
  const triples = Array.from(task, (each, index) => ({
    task: each,
    worker: worker[index] ?? 0,
    label: label[index] ?? 0,
  }));
  let posterior = Array.from({ length: tasks }, () => new Array<number>(classes).fill(0));
  for (const each of triples) {
    const shares = posterior[each.task] ?? [];
    shares[each.label] = (shares[each.label] ?? 0) + 1;
  }
  const normalised = (values: number[]) => {
    const sum = values.reduce((total, value) => total + value, 0);
    return values.map((value) => value / sum);
  };
  posterior = posterior.map(normalised);
  let logLikelihood = 0;
  for (let iteration = 0; iteration <= iterations; iteration++) {
    const priors = Array.from(
      { length: classes },
      (_prior, truth) => posterior.reduce((sum, shares) => sum + (shares[truth] ?? 0), 0) / tasks,
    );
    const errors = Array.from({ length: workers }, () =>
      Array.from({ length: classes }, () => new Array<number>(classes).fill(0)),
    );
    for (const each of triples) {
      const row = errors[each.worker]?.[each.label] ?? [];
      posterior[each.task]?.forEach((share, truth) => {
        row[truth] = (row[truth] ?? 0) + share;
      });
    }
    for (const matrix of errors) {
      for (let truth = 0; truth < classes; truth++) {
        const sum = matrix.reduce((total, row) => total + Math.max(row[truth] ?? 0, 1e-10), 0);
        for (const row of matrix) row[truth] = Math.max(row[truth] ?? 0, 1e-10) / sum;
      }
    }
    const logs = Array.from({ length: tasks }, () => priors.map((prior) => Math.log(prior)));
    for (const each of triples) {
      const row = errors[each.worker]?.[each.label] ?? [];
      const own = logs[each.task] ?? [];
      for (let truth = 0; truth < classes; truth++)
        own[truth] = (own[truth] ?? 0) + Math.log(row[truth] ?? 1);
    }
    logLikelihood = 0;
    posterior = logs.map((own) => {
      const top = Math.max(...own);
      const weights = own.map((log) => Math.exp(log - top));
      logLikelihood += top + Math.log(weights.reduce((sum, weight) => sum + weight, 0));
      return normalised(weights);
    });
  }
  return logLikelihood;
}

/** Newton's method with score and information summed over the rows; the last system's strength, the first at 0. */
export function plainBradleyTerry(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  outcome: ArrayLike<number>,
  players: number,
): number {
  const beta = new Array<number>(players).fill(0);
  for (let step = 0; step < 8; step++) {
    const score = new Array<number>(players).fill(0);
    const information = Array.from({ length: players }, () => new Array<number>(players).fill(0));
    for (let index = 0; index < outcome.length; index++) {
      const [a, b] = [first[index] ?? 0, second[index] ?? 0];
      const share = 1 / (1 + Math.exp((beta[b] ?? 0) - (beta[a] ?? 0)));
      const residual = (outcome[index] ?? 0) / 2 - share;
      const curvature = share * (1 - share);
      score[a] = (score[a] ?? 0) + residual;
      score[b] = (score[b] ?? 0) - residual;
      const [rowA = [], rowB = []] = [information[a], information[b]];
      rowA[a] = (rowA[a] ?? 0) + curvature;
      rowB[b] = (rowB[b] ?? 0) + curvature;
      rowA[b] = (rowA[b] ?? 0) - curvature;
      rowB[a] = (rowB[a] ?? 0) - curvature;
    }
    const move = eliminated(information, score);
    for (let player = 1; player < players; player++) beta[player] = (beta[player] ?? 0) + (move[player] ?? 0);
  }
  return beta[players - 1] ?? Number.NaN;
}

/** Gauss–Jordan elimination, the first unknown held at 0. */
function eliminated(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (let pivot = 1; pivot < rows.length; pivot++) {
    const own = rows[pivot] ?? [];
    const scale = own[pivot] ?? 1;
    for (let column = 0; column < own.length; column++) own[column] = (own[column] ?? 0) / scale;
    rows.forEach((row, index) => {
      const factor = row[pivot] ?? 0;
      if (index === pivot || index === 0 || factor === 0) return;
      for (let column = 0; column < row.length; column++) {
        row[column] = (row[column] ?? 0) - factor * (own[column] ?? 0);
      }
    });
  }
  return rows.map((row, index) => (index === 0 ? 0 : (row.at(-1) ?? 0)));
}

export function plainPredictionPowered(labels: number[], scores: number[], unlabelled: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = (values: number[]) => {
    const centre = mean(values);
    return (
      values.map((value) => (value - centre) ** 2).reduce((sum, value) => sum + value, 0) /
      (values.length - 1)
    );
  };
  const [labelMean, scoreMean] = [mean(labels), mean(scores)];
  const products = labels.map((label, index) => (label - labelMean) * ((scores[index] ?? 0) - scoreMean));
  const covariance = products.reduce((sum, value) => sum + value, 0) / (labels.length - 1);
  const all = scores.concat(unlabelled);
  const weight = covariance / ((1 + labels.length / unlabelled.length) * variance(all));
  const held = Math.min(1, Math.max(0, weight));
  return held * mean(unlabelled) + mean(labels.map((label, index) => label - held * (scores[index] ?? 0)));
}
