/**
 * Inclusion probabilities proportional to size, summing to the sample's size: units whose share would pass 1 are taken
 * for certain and the rest share what is left (Särndal, Swensson & Wretman 1992, section 3.6.2).
 *
 * @param sizes of the units, above 0: one of size 0 could never be drawn and would bias every estimate
 * @param wanted whole number of units to draw; all of them where there are no more
 * @throws RangeError for a size that is not above 0, or a number to draw that is not whole and above 0
 */
export function inclusionProbabilities(sizes: ArrayLike<number>, wanted: number): Float64Array {
  if (!Number.isInteger(wanted) || wanted < 1) throw new RangeError(`${wanted} units cannot be drawn`);
  const probabilities = new Float64Array(sizes.length).fill(1);
  if (wanted >= sizes.length) return probabilities;
  const isCertain = new Uint8Array(sizes.length);
  for (;;) {
    let [total, left, added] = [0, wanted, 0];
    for (let unit = 0; unit < sizes.length; unit++) {
      const size = sizes[unit] ?? 0;
      if (!(size > 0 && Number.isFinite(size))) throw new RangeError(`unit ${unit} has the size ${size}`);
      if (isCertain[unit] === 1) left--;
      else total += size;
    }
    for (let unit = 0; unit < sizes.length; unit++) {
      if (isCertain[unit] === 1) continue;
      const probability = (left * (sizes[unit] ?? 0)) / total;
      probabilities[unit] = Math.min(1, probability);
      if (probability >= 1) {
        isCertain[unit] = 1;
        added++;
      }
    }
    if (added === 0) return probabilities;
  }
}
