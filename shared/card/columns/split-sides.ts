/** Which side of the stable split pairs are on: a judge may be tuned on dev, so no figure is without it. */
import type { CardData } from './card-data.ts';

export type SplitSides = 'dev' | 'test' | 'dev + test';

/** The sides some pairs are on; all pairs of the data where none are named. Test for no pairs: nothing was tuned on them. */
export function splitSides(data: CardData, pairs: Int32Array | null = null): SplitSides {
  const { dev, test } = splitCounts(data, pairs);
  if (dev === 0) return 'test';
  return test === 0 ? 'dev' : 'dev + test';
}

/** How many pairs are on each side. */
export function splitCounts(
  data: CardData,
  pairs: Int32Array | null = null,
): { readonly dev: number; readonly test: number } {
  const isOnDev = data.isOnDev();
  let dev = 0;
  if (pairs === null) for (const mark of isOnDev) dev += mark;
  else for (const pair of pairs) dev += isOnDev[pair] ?? 0;
  return { dev, test: (pairs?.length ?? data.itemOfPair.length) - dev };
}
