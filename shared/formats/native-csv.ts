/** The native format as CSV: the same fields, one comparison a row, dots for nesting. */

/**
 * Turns one CSV row with native column names into a native record: `id, prompt, reference, a.system,
 * a.text, b.system, b.text, slices.NAME, human.RATER, judge.NAME` and `judge.NAME@ORDER`. Empty cells
 * of slices, human and judge columns are left out.
 */
export function nativeRecordOfCsvRow(row: Readonly<Record<string, string>>): Record<string, unknown> {
  const a: Record<string, string> = {};
  const b: Record<string, string> = {};
  const slices: Record<string, string> = {};
  const human: Record<string, string>[] = [];
  const judge: Record<string, string>[] = [];
  const record: Record<string, unknown> = {};
  for (const [column, cell] of Object.entries(row)) {
    const dot = column.indexOf('.');
    const group = dot < 0 ? column : column.slice(0, dot);
    const name = dot < 0 ? '' : column.slice(dot + 1);
    if (dot < 0) {
      if (column !== 'reference' || cell !== '') record[column] = cell;
    } else if (group === 'a') a[name] = cell;
    else if (group === 'b') b[name] = cell;
    else if (group === 'slices') {
      if (cell !== '') slices[name] = cell;
    } else if (group === 'human') {
      if (cell !== '') human.push({ rater: name, verdict: cell });
    } else if (group === 'judge') {
      if (cell !== '') judge.push(judgeCell(name, cell));
    } else record[column] = cell;
  }
  if (Object.keys(a).length > 0) record.a = a;
  if (Object.keys(b).length > 0) record.b = b;
  if (Object.keys(slices).length > 0) record.slices = slices;
  if (human.length > 0) record.human = human;
  if (judge.length > 0) record.judge = judge;
  return record;
}

function judgeCell(name: string, verdict: string): Record<string, string> {
  const at = name.lastIndexOf('@');
  if (at < 0) return { judge: name, verdict };
  return { judge: name.slice(0, at), order: name.slice(at + 1), verdict };
}
