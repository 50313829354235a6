/** One draw of pairs, in its order among the draws of a study. */
export interface Wave {
  /** Units that were drawn, and how many of them have a value. */
  readonly drawn: number;
  readonly labelled: number;
}

/**
 * Weights with which a total over all units is estimated from several draws, each of which may depend on everything the
 * draws before it showed. Draw k estimates the total as what the draws before it hold plus each of its own units over its
 * probability: unbiased whatever the earlier draws led it to. The estimates are averaged by the sizes of their draws, so a
 * unit of draw j gets α_j/π + Σ over later draws of α_k (the levelled estimator of Farquhar, Gal & Rainforth 2021, for
 * draws of many units at once). Where a draw is labelled in part, in random order, its labelled units stand for all of it.
 *
 * @param waveOf the draw of each labelled unit, from 0
 * @param probabilityOf the probability it had in that draw, in (0, 1]
 */
export function waveWeights(
  waves: readonly Wave[],
  waveOf: ArrayLike<number>,
  probabilityOf: ArrayLike<number>,
): Float64Array {
  const used = waves.map(({ drawn, labelled }) => (labelled > 0 ? drawn : 0));
  const all = used.reduce((sum, drawn) => sum + drawn, 0);
  const shares = used.map((drawn) => drawn / all);
  const later = shares.map((_share, wave) => shares.slice(wave + 1).reduce((sum, share) => sum + share, 0));
  return Float64Array.from(waveOf, (wave, unit) => {
    const { drawn = 0, labelled = 1 } = waves[wave] ?? {};
    const weight = (shares[wave] ?? 0) / (probabilityOf[unit] ?? 1) + (later[wave] ?? 0);
    return (drawn / labelled) * weight;
  });
}
