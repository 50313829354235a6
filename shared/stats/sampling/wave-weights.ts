/** One draw of pairs, in its order among the draws of a study. */
export interface Wave {
  /** Units that were drawn, and how many of them have a value. */
  readonly drawn: number;
  readonly labelled: number;
}

/** A unit with a value. */
export interface DrawnUnit {
  /** The draw that chose it, from 0. */
  readonly wave: number;
  /** The chance it had in that draw, in (0, 1]. */
  readonly probability: number;
  /** The first draw it could have been chosen by; units that came later have a later one. */
  readonly entry: number;
}

/**
 * Weights with which a total over all units is estimated from several draws, each of which may depend on everything the
 * draws before it showed. Draw k estimates the total as what the draws before it hold plus each of its own units over its
 * probability: unbiased whatever the earlier draws led it to. The estimates are averaged by how many labels their draws
 * have, so a unit of draw j gets α_j/π + Σ over later draws of α_k (the levelled estimator of Farquhar, Gal & Rainforth
 * 2021, for draws of many units at once). Units that were added later are a population of their own, which only the draws
 * from then on estimate: their shares are scaled to sum to 1. Where a draw is labelled in part, in random order, its
 * labelled units stand for all of it.
 */
export function waveWeights(waves: readonly Wave[], units: readonly DrawnUnit[]): Float64Array {
  const from = waves.map((_wave, wave) => waves.slice(wave).reduce((sum, { labelled }) => sum + labelled, 0));
  return Float64Array.from(units, ({ wave, probability, entry }) => {
    const { drawn = 0, labelled = 1 } = waves[wave] ?? {};
    const all = from[entry] ?? 1;
    const later = (from[wave + 1] ?? 0) / all;
    return (drawn / labelled) * (labelled / all / probability + later);
  });
}
