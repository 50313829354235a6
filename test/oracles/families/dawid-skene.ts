import { type Annotations, dawidSkene, voteShares } from '../../../shared/stats/consensus/dawid-skene.ts';
import { type Answer, family } from '../answer.ts';

interface Input {
  readonly tasks: number;
  readonly workers: number;
  readonly labels: number;
  readonly triples: [number, number, number][];
}

function annotationsOf({ tasks, workers, labels, triples }: Input): Annotations {
  return {
    tasks,
    workers,
    classes: labels,
    task: Int32Array.from(triples, ([task]) => task),
    worker: Int32Array.from(triples, ([, worker]) => worker),
    label: Int32Array.from(triples, ([, , label]) => label),
  };
}

function rows(values: Float64Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_row, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width)),
  );
}

function likeliest(posterior: number[][]): number[] {
  return posterior.map((shares) => shares.indexOf(Math.max(...shares)));
}

export const dawidSkeneFamily = family<Input>({
  answers: (input, expected) => {
    const annotations = annotationsOf(input);
    const asked = Object.keys(expected).flatMap((name) => Number(name.match(/_iter(\d+)$/)?.[1] ?? []));
    const last = () => dawidSkene(annotations, asked.length > 0 ? { iterations: Math.max(...asked) } : {});
    return {
      majorityShares: () => rows(voteShares(annotations), input.labels),
      logLikelihoodAfterLast: () => last().logLikelihood,
      labels: () => likeliest(rows(last().posterior, input.labels)),
      priors: () => Array.from(last().priors),
    };
  },
  parametric: (input, quantity) => {
    const ofLabel = quantity.match(/^posteriorOfLabel(\d+)$/)?.[1];
    const annotations = annotationsOf(input);
    if (ofLabel !== undefined) {
      return () =>
        rows(dawidSkene(annotations).posterior, input.labels).map((shares) => shares[Number(ofLabel)] ?? 0);
    }
    const [, what, iterations] = quantity.match(/^(posterior|priors|errors|labels)_iter(\d+)$/) ?? [];
    if (iterations === undefined) return undefined;
    return (): Answer => {
      const { posterior, priors, errors } = dawidSkene(annotations, { iterations: Number(iterations) });
      if (what === 'priors') return Array.from(priors);
      if (what === 'labels') return likeliest(rows(posterior, input.labels));
      if (what === 'posterior') return rows(posterior, input.labels);
      return rows(errors, input.labels ** 2).map((worker) => rows(Float64Array.from(worker), input.labels));
    };
  },
});
