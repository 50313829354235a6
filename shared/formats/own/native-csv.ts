/** The native format as CSV: the same fields, one comparison a row, dots for nesting. */

/**
 * Names, as JSON, the columns of a row whose cells have an apostrophe in front that is none of theirs: of formulas, and of a
 * slice or reference that is there and empty, where an empty cell is one that is not.
 */
export const GUARDED_COLUMN = 'guarded';

/**
 * Turns one CSV row with native column names into a native record: `id, prompt, reference, a.system,
 * a.text, a.meta, b.system, b.text, b.meta, slices.NAME, human.RATER, judge.NAME` and `judge.NAME@ORDER`. Empty cells
 * of slices, human and judge columns are left out, those of verdicts also where they hold `NA`, `NaN`, `NULL` or `None`, and so is an empty id.
 */
export function nativeRecordOfCsvRow(row: Readonly<Record<string, string>>): Record<string, unknown> {
  const groups: Record<'a' | 'b' | 'slices', [string, unknown][]> = { a: [], b: [], slices: [] };
  const human: Record<string, string>[] = [];
  const judge: Record<string, string>[] = [];
  const plain: [string, string][] = [];
  const guarded = columnsToGuard(row);
  for (const [column, written] of Object.entries(row)) {
    if (column === GUARDED_COLUMN) continue;
    const cell = guarded.has(column) && written.startsWith("'") ? written.slice(1) : written;
    const [group, name] = partsOf(column);
    if (group === 'a' || group === 'b') {
      if (name !== 'meta') groups[group].push([name, cell]);
      else if (cell !== '') groups[group].push([name, metaOf(cell)]);
    } else if (group === 'slices') {
      if (written !== '') groups.slices.push([name, cell]);
    } else if (group === 'human') {
      if (!isNoVerdict(cell)) human.push({ rater: name, verdict: cell });
    } else if (group === 'judge') {
      if (!isNoVerdict(cell)) judge.push(judgeCell(name, cell));
    } else if ((column !== 'reference' && column !== 'id') || written !== '') plain.push([column, cell]);
  }
  // Own fields, whatever a column is called.
  const record: Record<string, unknown> = Object.fromEntries(plain);
  for (const [group, cells] of Object.entries(groups))
    if (cells.length > 0) record[group] = Object.fromEntries(cells);
  if (human.length > 0) record.human = human;
  if (judge.length > 0) record.judge = judge;
  return record;
}

/** Whether a record of any file has columns of the native format for its fields, as a table without structures. */
export function isNativeTableRow(record: object): boolean {
  return Object.keys(record).some((key) => /^(?:[ab]\.(?:text|system)|human\..+|judge\..+)$/u.test(key));
}

/** As text, whatever type a table has for a column. */
export function cellsOf(record: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).map(([column, value]) => [
      column,
      value === null || value === undefined
        ? ''
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value),
    ]),
  );
}

/** The column of a row that a field such as `human[1].verdict` of its native record comes from. */
export function columnOfCsvField(row: Readonly<Record<string, string>>, field: string): string {
  const [, list, place] = /^(human|judge)\[(\d+)\]/u.exec(field) ?? [];
  if (list === undefined) return field;
  const filled = Object.entries(row).filter(
    ([column, cell]) => partsOf(column)[0] === list && !isNoVerdict(cell),
  );
  return filled[Number(place)]?.[0] ?? field;
}

/** How R, Python, SQL and spreadsheets write that a cell holds nothing. */
const NO_VERDICT = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', '<na>']);

function isNoVerdict(cell: string): boolean {
  return cell === 'None' || NO_VERDICT.has(cell.trim().toLowerCase());
}

/** As JSON; a text that is none stays one, to be refused. */
function metaOf(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

function partsOf(column: string): readonly [string, string] {
  const dot = column.indexOf('.');
  return dot < 0 ? ['', column] : [column.slice(0, dot), column.slice(dot + 1)];
}

function columnsToGuard(row: Readonly<Record<string, string>>): ReadonlySet<unknown> {
  const listed = Object.hasOwn(row, GUARDED_COLUMN) ? row[GUARDED_COLUMN] : undefined;
  if (listed === undefined || listed === '') return new Set();
  try {
    const columns: unknown = JSON.parse(listed);
    return new Set(Array.isArray(columns) ? columns : []);
  } catch {
    return new Set();
  }
}

function judgeCell(name: string, verdict: string): Record<string, string> {
  const at = name.lastIndexOf('@');
  if (at < 0) return { judge: name, verdict };
  return { judge: name.slice(0, at), order: name.slice(at + 1), verdict };
}
