/** One line of a bench's table: what was measured, what is wanted of it, and whether it is met. */
export function targetLine(name: string, value: number, unit: string, most: number): string {
  const shown = (number: number) => number.toLocaleString('en', { maximumFractionDigits: 2 });
  return `${name.padEnd(52)} ${shown(value).padStart(8)} ${unit.padEnd(8)} target ≤ ${shown(most).padStart(6)}  ${value <= most ? 'met' : 'NOT MET'}`;
}
