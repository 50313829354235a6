/** How many pairs one search names at most, and one call shows or changes. */
export const PAIRS_FOUND = 10_000;
export const PAIRS_SHOWN = 200;
export const PAIRS_CHANGED = 1000;
