/**
 * `npm run coverage:calibration [-- STUDIES]`: how often the interval of the calibration error holds the error of ten bins.
 * Verdicts are simulated.
 */
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { calibrationErrorInterval } from '../../shared/stats/calibration/calibration-error-interval.ts';
import { reliabilityBins } from '../../shared/stats/calibration/reliability.ts';

/** How often a judge is right at each sureness. */
const JUDGES: Readonly<Record<string, (score: number) => number>> = {
  calibrated: (score) => score,
  'a little too sure': (score) => score - 0.06 * (score - 0.5) * 2,
  'too sure': (score) => 0.5 + 0.5 * (score - 0.5),
  'much too sure': (score) => score - 0.2 * (score - 0.5) * 2,
  'not sure enough': (score) => Math.min(1, 0.6 + 0.8 * (score - 0.5)),
};

const BINS = 10;
const studies = Number(process.argv[2] ?? 1000);

/** The error of ten bins of equal width, of verdicts without end: what the interval is to hold. */
function trueError(scores: readonly number[], rightAt: (score: number) => number): number {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, gap: 0 }));
  for (const score of scores) {
    const bin = bins[Math.max(0, Math.ceil(score * BINS - 1e-12) - 1)];
    if (bin === undefined) throw new Error(`no bin for ${score}`);
    bin.count++;
    bin.gap += rightAt(score) - score;
  }
  return bins.reduce((sum, { gap }) => sum + Math.abs(gap), 0) / scores.length;
}

let [lowest, highest] = [1, 0];
console.log(`${studies} studies in each setting; level 95 %`);
for (const [judge, rightAt] of Object.entries(JUDGES))
  for (const isContinuous of [true, false])
    for (const verdicts of [100, 300, 1000])
      for (const perItem of [1, 3]) {
        const setting = `${judge}, ${isContinuous ? 'continuous scores' : 'seven values'}, ${verdicts} verdicts, ${perItem} an item`;
        const scoreOf = (unit: number) => 0.5 + (isContinuous ? unit : Math.floor(7 * unit) / 6) / 2;
        const grid = Array.from({ length: 70_000 }, (_value, index) => scoreOf((index + 0.5) / 70_000));
        const truth = trueError(grid, rightAt);
        let [held, given] = [0, 0];
        for (let study = 0; study < studies; study++) {
          const { unit } = seededRandom(`${setting} ${study}`);
          const scores = new Float64Array(verdicts);
          const labels = new Uint8Array(verdicts);
          const items = Int32Array.from(scores, (_score, row) => Math.floor(row / perItem));
          for (let row = 0; row < verdicts; row++) {
            // Verdicts of one item are alike: with probability 0.4 one repeats the item's first.
            const first = row - (row % perItem);
            const repeats = row !== first && unit() < 0.4;
            scores[row] = repeats ? (scores[first] ?? 0) : scoreOf(unit());
            labels[row] = repeats ? (labels[first] ?? 0) : Number(unit() < rightAt(scores[row] ?? 0));
          }
          const bins = reliabilityBins(scores, labels, 'equal-width', BINS);
          const found = calibrationErrorInterval(scores, labels, items, bins);
          if (!found.defined) continue;
          given++;
          if (found.interval.low <= truth && truth <= found.interval.high) held++;
        }
        const share = held / given;
        lowest = Math.min(lowest, share);
        highest = Math.max(highest, share);
        console.log(`${setting}: error ${truth.toFixed(3)}, held ${(100 * share).toFixed(1)} % of ${given}`);
      }
console.log(`${(100 * lowest).toFixed(1)} to ${(100 * highest).toFixed(1)} %`);
