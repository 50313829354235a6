import { type Estimate, undefinedBecause } from '../estimate.ts';
import { midRanks } from '../ranking/mid-ranks.ts';

/**
 * Kendall's coefficient of concordance W, 0 to 1, with mid-ranks and the correction for ties. Every rater must
 * have rated every unit.
 *
 * @param scores one array per rater, over the same units
 */
export function kendallsW(scores: readonly ArrayLike<number>[]): Estimate {
  const raters = scores.length;
  const units = scores[0]?.length ?? 0;
  if (raters < 2 || units < 2) return undefinedBecause('at least two raters and two units are needed');
  const sums = new Float64Array(units);
  let tied = 0;
  for (const each of scores) {
    const { ranks, tieSizes } = midRanks(each);
    ranks.forEach((rank, unit) => {
      sums[unit] = (sums[unit] ?? 0) + rank;
    });
    for (const size of tieSizes) tied += size ** 3 - size;
  }
  const mean = (raters * (units + 1)) / 2;
  const spread = sums.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const most = raters ** 2 * (units ** 3 - units) - raters * tied;
  if (most === 0) return undefinedBecause('every rater gave all units the same score');
  return { defined: true, value: (12 * spread) / most };
}
