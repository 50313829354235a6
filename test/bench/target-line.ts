/** One line of a bench's table: what was measured, what is wanted of it, how much of that it takes, and whether it is met. */
export function targetLine(name: string, value: number, unit: string, most: number): string {
  const shown = (number: number) => number.toLocaleString('en', { maximumFractionDigits: 2 });
  const measured = `${name.padEnd(52)} ${shown(value).padStart(8)} ${unit.padEnd(8)}`;
  if (most === Number.POSITIVE_INFINITY) return measured.trimEnd();
  return `${measured} target ≤ ${shown(most).padStart(6)}  ${(value / most).toFixed(2).padStart(5)} of it  ${value <= most ? 'met' : 'NOT MET'}`;
}
