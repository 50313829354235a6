/** Times one statistic and its plain row-by-row version, in a process of its own so that its memory can be told. */
import { STATISTICS } from './statistics.ts';

const name = process.argv[2] ?? '';
const statistic = STATISTICS[name];
if (statistic === undefined) throw new Error(`no statistic named “${name}”`);
const prepared = statistic.prepare();
const before = process.memoryUsage().rss;
const times: number[] = [];
for (let run = 0; run < statistic.runs; run++) {
  const start = performance.now();
  prepared.engine();
  times.push(performance.now() - start);
}
const peak = process.resourceUsage().maxRSS / 1024;
const start = performance.now();
prepared.plain();
const plain = performance.now() - start;
times.sort((first, second) => first - second);
process.stdout.write(
  JSON.stringify({
    slowest: times.at(-1),
    median: times[Math.floor(times.length / 2)],
    best: times[0],
    plain: plain * statistic.plainScale,
    dataMib: before / 2 ** 20,
    peakMib: peak,
    same: prepared.same(),
  }),
);
