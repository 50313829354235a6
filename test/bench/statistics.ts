/** What is timed: data of a stated size, the engine's way and a plain way that gives the same result. */
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { dawidSkene } from '../../shared/stats/consensus/dawid-skene.ts';
import { predictionPoweredMean } from '../../shared/stats/correction/prediction-powered.ts';
import { fleissPoint } from '../../shared/stats/many-raters/fleiss-kappa.ts';
import { itemUnits, statisticOfItems } from '../../shared/stats/many-raters/item-units.ts';
import { krippendorffAlpha } from '../../shared/stats/many-raters/krippendorff-alpha.ts';
import type { RatingMatrix } from '../../shared/stats/many-raters/rating-matrix.ts';
import { unitCounts } from '../../shared/stats/many-raters/unit-counts.ts';
import { bradleyTerry } from '../../shared/stats/ranking/bradley-terry.ts';
import { comparisonBootstrap } from '../../shared/stats/ranking/bradley-terry-bootstrap.ts';
import { countOutcomes } from '../../shared/stats/ranking/comparison-counts.ts';
import { clusterBootstrap } from '../../shared/stats/resampling/cluster-bootstrap.ts';
import { cohensKappa } from '../../shared/stats/two-raters/cohens-kappa.ts';
import { tableOfLabels } from '../../shared/stats/two-raters/table-of-labels.ts';
import {
  plainAlpha,
  plainBootstrap,
  plainBradleyTerry,
  plainDawidSkene,
  plainKappa,
  plainPredictionPowered,
} from './plain-statistics.ts';

interface Prepared {
  engine(): void;
  plain(): void;
  /** Whether both gave the same, where the computation is not random. */
  same(): boolean;
}

interface TimedStatistic {
  /** Milliseconds hoped for. */
  readonly target: number;
  readonly runs: number;
  /** The plain version does a part of the work; its time is multiplied by this. */
  readonly plainScale: number;
  prepare(): Prepared;
}

function agreeingCodes(random: () => number, n: number, categories: number, agreement: number) {
  const first = new Int8Array(n);
  const second = new Int8Array(n);
  for (let index = 0; index < n; index++) {
    const label = Math.floor(random() * categories);
    first[index] = label;
    second[index] = random() < agreement ? label : Math.floor(random() * categories);
  }
  return { first, second };
}

function ratings(
  random: () => number,
  units: number,
  raters: number,
  categories: number,
  missing: number,
): RatingMatrix {
  const codes = new Int8Array(units * raters);
  for (let unit = 0; unit < units; unit++) {
    const truth = Math.floor(random() * categories);
    for (let rater = 0; rater < raters; rater++) {
      const code = random() < 0.7 ? truth : Math.floor(random() * categories);
      codes[unit * raters + rater] = random() < missing ? -1 : code;
    }
  }
  return { units, raters, categories, codes };
}

function compared(engine: () => number, plain: () => number, tolerance = 1e-9): Prepared {
  let [ours, theirs] = [Number.NaN, Number.NaN];
  return {
    engine: () => {
      ours = engine();
    },
    plain: () => {
      theirs = plain();
    },
    same: () => Math.abs(ours - theirs) <= tolerance,
  };
}

function comparisons(random: () => number) {
  const [count, players] = [1_000_000, 50];
  const strengths = Array.from({ length: players }, (_strength, player) => player / 20);
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const outcome = new Int8Array(count);
  for (let index = 0; index < count; index++) {
    const a = Math.floor(random() * players);
    const b = (a + 1 + Math.floor(random() * (players - 1))) % players;
    const share = 1 / (1 + Math.exp((strengths[b] ?? 0) - (strengths[a] ?? 0)));
    first[index] = a;
    second[index] = b;
    outcome[index] = random() < 0.15 ? 1 : random() < share ? 2 : 0;
  }
  return { first, second, outcome, players };
}

const numberOf = (estimate: { defined: true; value: number } | { defined: false }) =>
  estimate.defined ? estimate.value : Number.NaN;

export const STATISTICS: Readonly<Record<string, TimedStatistic>> = {
  'Cohen’s kappa, 10⁶ pairs, 3 categories': {
    target: 10,
    runs: 15,
    plainScale: 1,
    prepare() {
      const { first, second } = agreeingCodes(seededRandom('kappa').unit, 1_000_000, 3, 0.6);
      return compared(
        () => numberOf(cohensKappa(tableOfLabels(first, second, 3))),
        () => plainKappa(first, second),
      );
    },
  },
  'clustered BCa bootstrap of kappa, 2,000 replicates, 10,000 items × 3 raters': {
    target: 50,
    runs: 7,
    plainScale: 20,
    prepare() {
      const matrix = ratings(seededRandom('bootstrap').unit, 10_000, 3, 3, 0);
      let ends: readonly number[] = [];
      let plainEnds: readonly number[] = [];
      return {
        engine() {
          const kinds = new Int32Array(matrix.units);
          const counts = unitCounts(matrix, kinds);
          const items = itemUnits(
            counts,
            kinds,
            Int32Array.from(kinds, (_kind, unit) => unit),
            matrix.units,
          );
          const statistic = statisticOfItems(items, fleissPoint);
          const result = clusterBootstrap(items.itemCounts, statistic, seededRandom('draws').unit, 2_000);
          ends = result.defined ? [result.interval.low, result.interval.high] : [];
        },
        plain() {
          plainEnds = plainBootstrap(matrix, 100, seededRandom('plain').unit);
        },
        // Random both, and the plain one has a hundred replicates: the ends are close, not equal.
        same: () =>
          ends.length === 2 && ends.every((end, index) => Math.abs(end - (plainEnds[index] ?? 9)) < 0.01),
      };
    },
  },
  'Krippendorff’s alpha, 10⁵ units × 5 raters, 20 % missing': {
    target: 20,
    runs: 15,
    plainScale: 1,
    prepare() {
      const matrix = ratings(seededRandom('alpha').unit, 100_000, 5, 4, 0.2);
      return compared(
        () => numberOf(krippendorffAlpha(unitCounts(matrix), 'nominal')),
        () => plainAlpha(matrix),
      );
    },
  },
  'Dawid–Skene, 10⁵ tasks × 5 labels, 50 workers, 4 classes, 20 iterations': {
    target: 800,
    runs: 3,
    plainScale: 1,
    prepare() {
      const random = seededRandom('dawid').unit;
      const count = 500_000;
      const annotations = {
        tasks: 100_000,
        workers: 50,
        classes: 4,
        task: Int32Array.from({ length: count }, (_task, index) => Math.floor(index / 5)),
        worker: new Int32Array(count),
        label: new Int32Array(count),
      };
      for (let task = 0; task < annotations.tasks; task++) {
        const truth = Math.floor(random() * 4);
        for (let index = task * 5; index < task * 5 + 5; index++) {
          const worker = Math.floor(random() * 50);
          annotations.worker[index] = worker;
          annotations.label[index] = random() < 0.5 + worker / 120 ? truth : Math.floor(random() * 4);
        }
      }
      return compared(
        () => dawidSkene(annotations, { iterations: 20 }).logLikelihood,
        () => plainDawidSkene(annotations, 20),
        1e-3,
      );
    },
  },
  'Bradley–Terry, 10⁶ comparisons × 50 systems': {
    target: 20,
    runs: 15,
    plainScale: 1,
    prepare() {
      const { first, second, outcome, players } = comparisons(seededRandom('arena').unit);
      return compared(
        () => {
          const fit = bradleyTerry(countOutcomes(first, second, outcome, players));
          return fit.defined ? (fit.beta[players - 1] ?? Number.NaN) : Number.NaN;
        },
        () => plainBradleyTerry(first, second, outcome, players),
        1e-6,
      );
    },
  },
  'Bradley–Terry, 100 bootstrap fits': {
    target: 400,
    runs: 5,
    plainScale: 100,
    prepare() {
      const { first, second, outcome, players } = comparisons(seededRandom('arena').unit);
      let width = Number.NaN;
      return {
        engine() {
          const counts = countOutcomes(first, second, outcome, players);
          const result = comparisonBootstrap(counts, seededRandom('fits').unit, 100);
          const interval = result.defined ? result.intervals[0] : undefined;
          width = interval === undefined ? Number.NaN : interval.high - interval.low;
        },
        plain() {
          const random = seededRandom('rows').unit;
          const drawn = Int32Array.from(outcome, () => Math.floor(random() * outcome.length));
          plainBradleyTerry(
            drawn.map((index) => first[index] ?? 0),
            drawn.map((index) => second[index] ?? 0),
            Int8Array.from(drawn, (index) => outcome[index] ?? 0),
            players,
          );
        },
        same: () => width > 0.01 && width < 0.1,
      };
    },
  },
  'PPI++, 10⁵ labels and 10⁵ unlabelled scores': {
    target: 20,
    runs: 15,
    plainScale: 1,
    prepare() {
      const random = seededRandom('ppi').unit;
      const count = 100_000;
      const labels = Float64Array.from({ length: count }, () => (random() < 0.6 ? 1 : 0));
      const scores = labels.map((label) => (label + random()) / 2);
      const unlabelledScores = Float64Array.from(
        { length: count },
        () => (Math.round(random()) + random()) / 2,
      );
      return compared(
        () => numberOf(predictionPoweredMean({ labels, scores, unlabelledScores }, 'tuned')),
        () => plainPredictionPowered([...labels], [...scores], [...unlabelledScores]),
      );
    },
  },
};
