/** A count as reports write it. */
export function countText(count: number): string {
  return count.toLocaleString('en');
}

/** Dollars, to so many places as small sums need. */
export function dollarsText(dollars: number, places: number): string {
  return `$${dollars.toFixed(places)}`;
}
