/** Agreement of two columns of labels, with its figures. */

import { valuesAt } from '../../columns/column.ts';
import {
  type CellsOfItems,
  isPairAnItem,
  itemPatternsOf,
  type Policies,
  tableCells,
  tableOfCells,
  weightedPatternsOf,
} from '../../labels/label-pairs.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import { type ContingencyTable, totalOf } from '../../stats/paired-table/contingency-table.ts';
import { type ItemPatterns, tableOfPatterns } from '../../stats/resampling/item-patterns.ts';
import { agreementScoreInterval } from '../../stats/two-raters/agreement-score-interval.ts';
import { cohensKappa, type KappaResult } from '../../stats/two-raters/cohens-kappa.ts';
import { constantKappaBound } from '../../stats/two-raters/constant-kappa-bound.ts';
import { kappaScoreInterval } from '../../stats/two-raters/kappa-score-interval.ts';
import { percentAgreement } from '../../stats/two-raters/percent-agreement.ts';
import { CATEGORY_NAMES, type CategoryName } from '../../study/verdict-codes.ts';
import type { ComparisonFilter } from '../columns/comparison-filter.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { estimateOf, type PartBuilder } from './figure.ts';
import type { Subject } from './subject.ts';

/** Two sources' labels of the same pairs, and the items the pairs belong to. */
export interface ComparedColumns {
  readonly rows: Int8Array;
  readonly columns: Int8Array;
  readonly itemOfPair: Int32Array;
  readonly itemCount: number;
  /** See {@link CardData.weights}. Null too where neither column is of people: judges judge what nobody drew. */
  readonly weights: Float64Array | null;
}

/** Comparisons of two columns under some policies. */
export interface ComparedCells extends CellsOfItems, Pick<ComparedColumns, 'weights'> {
  readonly ties: Policies['ties'];
}

export function cellsOfColumns(
  { rows, columns, itemOfPair, itemCount, weights }: ComparedColumns,
  policies: Policies,
): ComparedCells {
  return {
    cells: tableCells(rows, columns, policies),
    itemOfPair,
    itemCount,
    isPairAnItem: isPairAnItem(itemOfPair, itemCount),
    weights,
    ties: policies.ties,
  };
}

/** The same comparisons on some of the pairs only. */
export function ofPairs(compared: ComparedCells, pairs: Int32Array): ComparedCells {
  const numberOf = new Int32Array(compared.itemCount).fill(-1);
  const itemOfPair = new Int32Array(pairs.length);
  let itemCount = 0;
  for (let place = 0; place < pairs.length; place++) {
    const item = compared.itemOfPair[pairs[place] ?? 0] ?? 0;
    if ((numberOf[item] ?? -1) < 0) numberOf[item] = itemCount++;
    itemOfPair[place] = numberOf[item] ?? 0;
  }
  return {
    cells: valuesAt(compared.cells, pairs),
    itemOfPair,
    itemCount,
    isPairAnItem: isPairAnItem(itemOfPair, itemCount),
    weights: compared.weights === null ? null : valuesAt(compared.weights, pairs),
    ties: compared.ties,
  };
}

/** Items' contributions to the table of two columns. */
export function patternsOf(compared: ComparedColumns, policies: Policies): ItemPatterns {
  return patternsOfCells(cellsOfColumns(compared, policies));
}

export function patternsOfCells(compared: ComparedCells): ItemPatterns {
  const { weights, ties } = compared;
  return weights === null ? itemPatternsOf(compared, ties) : weightedPatternsOf(compared, weights, ties);
}

/** People’s label beside the judge’s verdict, worked out once for all parts of a card. */
export function comparedWithPeople({ data, judge, options, people, once }: JudgeView): ComparedCells {
  const { itemOfPair, itemCount, weights } = data;
  return once(`cells|${judge.name}`, () =>
    cellsOfColumns({ rows: people, columns: judge.codes, itemOfPair, itemCount, weights }, options),
  );
}

/** Items' contributions to the table of those, and how far the two agree. */
export function agreementWithPeople(view: JudgeView): {
  readonly patterns: ItemPatterns;
  readonly agreed: PatternAgreement;
} {
  return view.once(`agreement|${view.judge.name}`, () => {
    const patterns = patternsOfCells(comparedWithPeople(view));
    return { patterns, agreed: agreementOf(patterns, view.options.level) };
  });
}

/** The table of comparisons that can be counted one by one, so that no weight stands in it. */
export function countedTable(
  { weights, cells, ties }: ComparedCells,
  { table }: PatternAgreement,
): ContingencyTable {
  return weights === null ? table : tableOfCells(cells, ties);
}

/** Percent agreement and kappa of some patterns, with their intervals. */
export interface PatternAgreement {
  readonly table: ContingencyTable;
  readonly n: number;
  readonly agreement: Estimate;
  readonly agreementInterval: Outcome<{ readonly interval: Interval }>;
  readonly kappa: KappaResult;
  readonly kappaInterval: Outcome<{ readonly interval: Interval }>;
}

export function agreementOf(patterns: ItemPatterns, level: number): PatternAgreement {
  const table = tableOfPatterns(patterns);
  return {
    table,
    n: patterns.rows ?? Math.round(totalOf(table)),
    agreement: percentAgreement(table),
    agreementInterval: agreementScoreInterval(patterns, level),
    kappa: cohensKappa(table, level),
    kappaInterval: kappaIntervalOf(patterns, level),
  };
}

/** By score where both sides vary; a bound where one said the same of every pair, which can be told however little it says. */
function kappaIntervalOf(patterns: ItemPatterns, level: number): Outcome<{ readonly interval: Interval }> {
  const byScore = kappaScoreInterval(patterns, level);
  if (byScore.defined) return byScore;
  const bound = constantKappaBound(patterns, level);
  return bound.defined ? bound : byScore;
}

/** Adds agreement and kappa, and where asked kappa's large-sample interval and error. */
export function addAgreement(
  builder: PartBuilder,
  subject: Subject,
  { n, agreement, agreementInterval, kappa, kappaInterval }: PatternAgreement,
  behind: ComparisonFilter | null,
  withAsymptotic = false,
): void {
  builder.add(subject, 'agreement', n, agreement, { interval: agreementInterval, behind, isWeighed: true });
  builder.add(subject, 'kappa', n, estimateOf(kappa), { interval: kappaInterval, behind, isWeighed: true });
  if (!withAsymptotic) return;
  builder.add(subject, 'kappa_independent', n, estimateOf(kappa), {
    behind,
    isWeighed: true,
    interval: !kappa.defined
      ? null
      : kappa.interval === null
        ? undefinedBecause(kappa.noInterval ?? 'its error is undefined')
        : { defined: true, interval: kappa.interval },
  });
  builder.add(subject, 'kappa_standard_error', n, kappa.defined ? kappa.standardError : kappa, {
    isWeighed: true,
  });
}

/**
 * Adds the cells of a table, without the labels neither side used.
 *
 * @param matrix the raters on its two sides; null for people and the judge
 */
export function addMatrix(
  builder: PartBuilder,
  matrix: { readonly first: string; readonly second: string } | null,
  { size, counts }: ContingencyTable,
  between: ComparisonFilter['between'],
): void {
  const used = usedCodes({ size, counts });
  for (const row of used) {
    for (const column of used) {
      const [rowName, columnName] = [categoryName(row), categoryName(column)];
      builder.count(
        { kind: 'cell', between: matrix, row: rowName, column: columnName },
        'matrix_cell',
        counts[row * size + column] ?? 0,
        {
          between,
          row: rowName,
          column: columnName,
        },
      );
    }
  }
}

/** Categories either side used. */
export function usedCodes({ size, counts }: ContingencyTable): readonly number[] {
  return Array.from({ length: size }, (_unused, code) => code).filter((code) =>
    Array.from({ length: size }, (_each, other) => other).some(
      (other) => (counts[code * size + other] ?? 0) + (counts[other * size + code] ?? 0) > 0,
    ),
  );
}

/** The same patterns over the categories in use only, for coefficients that count the categories. */
export function usedPatterns(patterns: ItemPatterns): ItemPatterns {
  const found = usedCodes(tableOfPatterns(patterns));
  // A table without any comparison keeps one empty category, so that coefficients can say why they are undefined.
  const used = found.length === 0 ? [0] : found;
  return {
    size: used.length,
    itemCounts: patterns.itemCounts,
    tables: patterns.tables.map((table) =>
      Float64Array.from(
        { length: used.length ** 2 },
        (_cell, index) =>
          table[
            (used[Math.floor(index / used.length)] ?? 0) * patterns.size + (used[index % used.length] ?? 0)
          ] ?? 0,
      ),
    ),
  };
}

export function categoryName(code: number): CategoryName {
  return CATEGORY_NAMES[code] ?? 'first';
}
