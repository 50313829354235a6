import { type ContingencyTable, marginsOf, totalOf } from '../paired-table/contingency-table.ts';

/**
 * A category must make up at least this share of one side to count as evidence, so that a rare label the other side
 * never needed does not raise an alarm.
 */
const COMMON_SHARE = 0.1;

/**
 * A flat guard against label sets that do not match: each side often uses a category the other side never does.
 * That is what a wrong mapping looks like ("2" of one side arriving as "0" of the other), and kappa computed on it
 * is meaningless: LLMBar's published kappas against gold come out at .268 where .898 is right for this reason.
 *
 * @returns the categories each side keeps to itself, or null when nothing points to a mismatch
 */
export function labelSetMismatch(
  table: ContingencyTable,
): { readonly onlyRows: readonly number[]; readonly onlyColumns: readonly number[] } | null {
  const { rows, columns } = marginsOf(table);
  const least = COMMON_SHARE * totalOf(table);
  const ownCategories = (own: Float64Array, others: Float64Array) =>
    Array.from(own.keys()).filter(
      (category) =>
        (own[category] ?? 0) > 0 && (own[category] ?? 0) >= least && (others[category] ?? 0) === 0,
    );
  const onlyRows = ownCategories(rows, columns);
  const onlyColumns = ownCategories(columns, rows);
  return onlyRows.length > 0 && onlyColumns.length > 0 ? { onlyRows, onlyColumns } : null;
}
