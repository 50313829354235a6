/** A count as reports write it. */
export function countText(count: number): string {
  return count.toLocaleString('en');
}

/** A count with what is counted. */
export function countedText(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** Dollars, to so many places as small sums need. */
export function dollarsText(dollars: number, places: number): string {
  return `$${dollars.toFixed(places)}`;
}
