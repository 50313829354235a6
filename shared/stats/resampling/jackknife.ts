/** Delete-one values of a statistic over units, with equal units evaluated once. */
export interface Jackknife {
  /** The statistic without one unit of each kind; NaN where it is undefined. */
  readonly values: Float64Array;
  /** How many units there are of each kind. */
  readonly counts: Float64Array;
}

/**
 * The delete-one jackknife. Units of one kind give the same value, so each kind is evaluated once.
 *
 * @param unitCounts how many units there are of each kind
 * @param statistic of a sample stated as how often each kind stands in it; null where undefined
 */
export function jackknife(
  unitCounts: Float64Array,
  statistic: (multiplicity: Float64Array) => number | null,
): Jackknife {
  const multiplicity = unitCounts.slice();
  const values = new Float64Array(unitCounts.length).fill(Number.NaN);
  for (let kind = 0; kind < unitCounts.length; kind++) {
    const count = unitCounts[kind] ?? 0;
    if (count === 0) continue;
    multiplicity[kind] = count - 1;
    values[kind] = statistic(multiplicity) ?? Number.NaN;
    multiplicity[kind] = count;
  }
  return { values, counts: unitCounts };
}

/** Mean of the delete-one values less each of them, 0 where undefined: the direction each kind pulls. */
export function jackknifeInfluence({ values, counts }: Jackknife): Float64Array {
  const mean = jackknifeMean({ values, counts });
  return values.map((value) => (Number.isNaN(value) ? 0 : mean - value));
}

/** The jackknife standard error √((n−1)/n · Σ (θ_i − θ̄)²) over the units whose value is defined. */
export function jackknifeStandardError({ values, counts }: Jackknife): number {
  const mean = jackknifeMean({ values, counts });
  let units = 0;
  let squares = 0;
  for (let kind = 0; kind < values.length; kind++) {
    const value = values[kind] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    units += counts[kind] ?? 0;
    squares += (counts[kind] ?? 0) * (value - mean) ** 2;
  }
  return Math.sqrt(((units - 1) / units) * squares);
}

function jackknifeMean({ values, counts }: Jackknife): number {
  let units = 0;
  let sum = 0;
  for (let kind = 0; kind < values.length; kind++) {
    const value = values[kind] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    units += counts[kind] ?? 0;
    sum += (counts[kind] ?? 0) * value;
  }
  return sum / units;
}
