/**
 * `npm run coverage [-- STUDIES]`: how often intervals of kappa hold the kappa that studies were drawn with, method by method, in 102
 * settings. Studies are simulated; each is seeded by its setting and number.
 */
import { patternsOf } from '../../shared/card/figures/compared-columns.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { tableOfColumns } from '../../shared/labels/label-pairs.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { normalReach } from '../../shared/stats/distribution/normal.ts';
import type { Interval, Outcome } from '../../shared/stats/estimate.ts';
import { fleissKappa, fleissPoint } from '../../shared/stats/many-raters/fleiss-kappa.ts';
import { fleissScoreInterval } from '../../shared/stats/many-raters/fleiss-score-interval.ts';
import { itemUnits, statisticOfItems } from '../../shared/stats/many-raters/item-units.ts';
import { type UnitCounts, unitCounts } from '../../shared/stats/many-raters/unit-counts.ts';
import { clusterBootstrap } from '../../shared/stats/resampling/cluster-bootstrap.ts';
import { statisticOfPatterns } from '../../shared/stats/resampling/item-patterns.ts';
import { jackknifeInterval } from '../../shared/stats/resampling/jackknife-interval.ts';
import { cohensKappa, kappaPoint } from '../../shared/stats/two-raters/cohens-kappa.ts';
import { kappaScoreInterval } from '../../shared/stats/two-raters/kappa-score-interval.ts';

const METHODS = [
  'score, by item',
  'jackknife by item, Fisher z',
  'bootstrap by item, BCa',
  'bootstrap by item, percentile',
  'rows as independent, asymptotic',
] as const;

const OPTIONS = agreementOptionsSchema.parse({});
const CATEGORIES = 3;
const REPLICATES = 999;
/** That a row of an item says what its first one says, word for word. */
const REPEATS = 0.4;

/** Draws what each rater says of one row, as codes 0 to 2. */
interface Source {
  readonly name: string;
  readonly raters: number;
  readonly kappa: number;
  readonly draw: (unit: () => number) => readonly number[];
}

function drawFrom(shares: readonly number[], unit: number): number {
  let sum = 0;
  for (const [category, share] of shares.entries()) {
    sum += share;
    if (unit < sum) return category;
  }
  return shares.length - 1;
}

/** With probability kappa all say the same, otherwise each alone: kappa is the one it is drawn with. */
function alike(kappa: number, shares: readonly number[], raters: number): Source {
  return {
    name: `alike, kappa ${kappa}, ${shares.join('/')}, ${raters} raters`,
    raters,
    kappa,
    draw: (unit) => {
      const same = unit() < kappa ? drawFrom(shares, unit()) : null;
      return Array.from({ length: raters }, () => same ?? drawFrom(shares, unit()));
    },
  };
}

/** What a judge says where the rater says the category of the row; the rater's shares are .45, .10 and .45. */
const JUDGES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  'overuses ties': [
    [0.6, 0.35, 0.05],
    [0.05, 0.9, 0.05],
    [0.05, 0.35, 0.6],
  ],
  'leans to one side': [
    [0.9, 0.05, 0.05],
    [0.4, 0.55, 0.05],
    [0.35, 0.05, 0.6],
  ],
  'has opposite margins': [
    [0.2, 0.05, 0.75],
    [0.1, 0.2, 0.7],
    [0.05, 0.05, 0.9],
  ],
  'errs between neighbours only': [
    [0.75, 0.25, 0],
    [0.25, 0.5, 0.25],
    [0, 0.25, 0.75],
  ],
  'finds one category easy': [
    [0.97, 0.02, 0.01],
    [0.2, 0.4, 0.4],
    [0.2, 0.3, 0.5],
  ],
};

function unlike(name: string, says: readonly (readonly number[])[]): Source {
  const shares = name === 'has opposite margins' ? [0.8, 0.05, 0.15] : [0.45, 0.1, 0.45];
  const margin = shares.map((_share, category) =>
    shares.reduce((sum, share, row) => sum + share * (says[row]?.[category] ?? 0), 0),
  );
  const observed = shares.reduce((sum, share, row) => sum + share * (says[row]?.[row] ?? 0), 0);
  const byChance = shares.reduce((sum, share, row) => sum + share * (margin[row] ?? 0), 0);
  return {
    name: `judge ${name}`,
    raters: 2,
    kappa: (observed - byChance) / (1 - byChance),
    draw: (unit) => {
      const rater = drawFrom(shares, unit());
      return [rater, drawFrom(says[rater] ?? [], unit())];
    },
  };
}

const SOURCES = [
  ...[0.2, 0.6, 0.9].flatMap((kappa) =>
    [
      [0.45, 0.1, 0.45],
      [0.8, 0.05, 0.15],
    ].flatMap((shares) => [2, 3].map((raters) => alike(kappa, shares, raters))),
  ),
  ...Object.entries(JUDGES).map(([name, says]) => unlike(name, says)),
];

/** Each rater's codes of all rows, and the item of each. */
function study({ raters, draw }: Source, items: number, rowsAnItem: number, unit: () => number) {
  const rows = items * rowsAnItem;
  const codes = Array.from({ length: raters }, () => new Int8Array(rows));
  for (let row = 0; row < rows; row++) {
    const first = row - (row % rowsAnItem);
    const repeats = row !== first && unit() < REPEATS;
    const said = repeats ? codes.map((own) => own[first] ?? 0) : draw(unit);
    for (const [rater, own] of codes.entries()) own[row] = said[rater] ?? 0;
  }
  return {
    codes,
    itemOfRow: Int32Array.from({ length: rows }, (_item, row) => Math.floor(row / rowsAnItem)),
  };
}

type Limits = Pick<Interval, 'low' | 'high'>;

function limitsOf(outcome: Outcome<{ readonly interval: Limits }>): Limits | null {
  return outcome.defined ? outcome.interval : null;
}

/** The interval of each method, in the order of {@link METHODS}; null where it gives none. */
function intervalsOf(
  { codes, itemOfRow }: ReturnType<typeof study>,
  items: number,
  unit: () => number,
): readonly (Limits | null)[] {
  const [one, two, third] = codes;
  if (one === undefined || two === undefined) throw new Error('a study has two raters or more');
  const byItem = (
    itemCounts: Float64Array,
    statistic: (multiplicity: Float64Array) => number | null,
  ): (Limits | null)[] => [
    limitsOf(jackknifeInterval(itemCounts, statistic)),
    limitsOf(clusterBootstrap(itemCounts, statistic, unit, REPLICATES)),
    limitsOf(clusterBootstrap(itemCounts, statistic, unit, REPLICATES, 0.95, 'percentile')),
  ];
  if (third === undefined) {
    const compared = { rows: one, columns: two, itemOfPair: itemOfRow, itemCount: items, weights: null };
    const patterns = patternsOf(compared, OPTIONS);
    const asymptotic = cohensKappa(tableOfColumns(one, two, OPTIONS));
    return [
      limitsOf(kappaScoreInterval(patterns)),
      ...byItem(patterns.itemCounts, statisticOfPatterns(patterns, kappaPoint)),
      asymptotic.defined ? asymptotic.interval : null,
    ];
  }
  const kindOfUnit = new Int32Array(itemOfRow.length);
  const matrix = {
    units: itemOfRow.length,
    raters: codes.length,
    categories: CATEGORIES,
    codes: Int8Array.from({ length: itemOfRow.length * codes.length }, (_code, index) => {
      return codes[index % codes.length]?.[Math.floor(index / codes.length)] ?? -1;
    }),
  };
  const units = itemUnits(unitCounts(matrix, kindOfUnit), kindOfUnit, itemOfRow, items);
  return [
    limitsOf(fleissScoreInterval(units)),
    ...byItem(units.itemCounts, statisticOfItems(units, fleissPoint)),
    asymptoticOfMany(units.counts),
  ];
}

function asymptoticOfMany(counts: UnitCounts): Limits | null {
  const fleiss = fleissKappa(counts);
  if (!fleiss.defined || !fleiss.standardError.defined || fleiss.standardError.value === 0) return null;
  const reach = normalReach(0.95) * fleiss.standardError.value;
  return { low: fleiss.value - reach, high: fleiss.value + reach };
}

const studies = Number(process.argv[2] ?? 2000);
const seen = METHODS.map(() => ({ lowest: 1, highest: 0, outside: 0, mostMissing: 0 }));
let settings = 0;
console.log(`${studies} studies in each setting, nominal 95 %; columns: ${METHODS.join(' · ')}`);
for (const source of SOURCES)
  for (const items of [30, 100, 500])
    for (const rowsAnItem of [1, 4]) {
      const setting = `${source.name}, ${items} items of ${rowsAnItem}`;
      const counts = METHODS.map(() => ({ held: 0, given: 0 }));
      for (let index = 0; index < studies; index++) {
        const { unit } = seededRandom(`${setting} ${index}`);
        const drawn = study(source, items, rowsAnItem, unit);
        for (const [method, limits] of intervalsOf(drawn, items, unit).entries()) {
          const count = counts[method];
          if (count === undefined || limits === null) continue;
          count.given++;
          if (limits.low <= source.kappa && source.kappa <= limits.high) count.held++;
        }
      }
      settings++;
      const shares = counts.map(({ held, given }) => held / given);
      for (const [method, share] of shares.entries()) {
        const own = seen[method];
        if (own === undefined) continue;
        own.lowest = Math.min(own.lowest, share);
        own.highest = Math.max(own.highest, share);
        own.outside += Number(share < 0.93 || share > 0.97);
        own.mostMissing = Math.max(own.mostMissing, 1 - (counts[method]?.given ?? 0) / studies);
      }
      const held = shares.map((share) => (100 * share).toFixed(1).padStart(6)).join('');
      console.log(`${held}  kappa ${source.kappa.toFixed(2)}  ${setting}`);
    }
console.log(`\n${settings} settings`);
for (const [method, { lowest, highest, outside, mostMissing }] of seen.entries())
  console.log(
    `${METHODS[method]}: ${(100 * lowest).toFixed(1)} to ${(100 * highest).toFixed(1)} %, ${outside} outside 93 to 97 %, missing in at most ${(100 * mostMissing).toFixed(1)} %`,
  );
