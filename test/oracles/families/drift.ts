import { anchorChange } from '../../../shared/stats/drift/anchor-items.ts';
import { batchMonitor } from '../../../shared/stats/drift/batch-monitor.ts';
import { cusum } from '../../../shared/stats/drift/cusum.ts';
import { kolmogorovSmirnov } from '../../../shared/stats/drift/kolmogorov-smirnov.ts';
import { labelMixChange } from '../../../shared/stats/drift/label-mix.ts';
import { mannWhitney, welchTest } from '../../../shared/stats/drift/location-tests.ts';
import { type Answer, type Answers, family } from '../answer.ts';
import { partOf } from '../part-of.ts';
import { splitByLabel } from './correction.ts';

interface Input {
  readonly before: number[];
  readonly after: number[];
  readonly human?: number[];
  readonly x?: number[];
  readonly target: number;
  readonly k: number;
  readonly h: number;
  readonly y?: (number | null)[];
  readonly f: number[];
  readonly batch: number[];
  readonly threshold: number;
  readonly confidence: number;
  readonly higherIsBetter: boolean;
}

const noAlarm = { defined: false, reason: 'there was no alarm' } as const;

function anchorAnswers(human: number[], before: number[], after: number[]): Answers {
  const change = anchorChange(human, before, after);
  return {
    lostGained: () => [change.lost, change.gained],
    mcnemarExactP: () => change.p,
    flipRate: () => change.flipRate,
    retestKappa: () => change.retestKappa,
  };
}

function monitorAnswers(y: (number | null)[], input: Input): Answers {
  const names = [...new Set(input.batch)];
  const batches = names.map((name) =>
    splitByLabel(
      y.flatMap((label, row) => (input.batch[row] === name ? [{ y: label, f: input.f[row] ?? 0 }] : [])),
    ),
  );
  const monitor = batchMonitor(batches, input);
  const bounds = () => partOf(monitor, (parts): Answer => [...parts.bounds]);
  return {
    batchEstimates: () => partOf(monitor, ({ estimates }) => [...estimates]),
    runningMeans: () => partOf(monitor, ({ runningMeans }) => [...runningMeans]),
    upperBounds: bounds,
    lowerBounds: bounds,
    firstAlarmIndex: () => partOf(monitor, ({ firstAlarm }) => firstAlarm ?? noAlarm),
  };
}

export const drift = family<Input>({
  answers: (input): Answers => {
    const { before, after } = input;
    if (input.human !== undefined) return anchorAnswers(input.human, before, after);
    if (input.y !== undefined) return monitorAnswers(input.y, input);
    if (input.x !== undefined) {
      const { path, firstAlarm } = cusum(input.x, input.target, input.k, input.h);
      return { path: () => [...path], firstAlarmIndex: () => firstAlarm ?? noAlarm };
    }
    const mix = labelMixChange(before, after);
    const distributions = () => kolmogorovSmirnov(before, after);
    const ranks = () => mannWhitney(before, after);
    return {
      chi2: () => partOf(mix, ({ chiSquare }) => chiSquare),
      chi2Df: () => partOf(mix, ({ degreesOfFreedom }) => degreesOfFreedom),
      chi2P: () => partOf(mix, ({ p }) => p),
      psi: () => partOf(mix, ({ stabilityIndex }) => stabilityIndex),
      jensenShannonDistance: () => partOf(mix, (parts) => parts.jensenShannonDistance),
      cramersV: () => partOf(mix, ({ cramersV }) => cramersV),
      ksD: () => partOf(distributions(), ({ distance }) => distance),
      ksPExact: () => partOf(distributions(), ({ exactP }) => exactP),
      ksPAsymptotic: () => partOf(distributions(), ({ asymptoticP }) => asymptoticP),
      mannWhitneyU: () => partOf(ranks(), ({ u }) => u),
      mannWhitneyP: () => partOf(ranks(), ({ p }) => p),
      welchP: () => partOf(welchTest(before, after), ({ p }) => p),
    };
  },
});
