/**
 * p-values adjusted for how many were looked at, in the order given. A null is a test that was not made: it stays
 * null and does not count. Adjusted values keep the order of the raw ones and are at most 1.
 */
export type PValues = readonly (number | null)[];

/** Every p times the number of tests. */
export function bonferroni(pValues: PValues): (number | null)[] {
  return adjust(pValues, (sorted) => sorted.map((p) => p * sorted.length));
}

/** Holm's step-down procedure (1979): controls the family-wise error, never weaker than Bonferroni. */
export function holm(pValues: PValues): (number | null)[] {
  return adjust(pValues, (sorted) => runningMaximum(sorted.map((p, rank) => p * (sorted.length - rank))));
}

/** Hochberg's step-up procedure (1988): needs independent or positively dependent tests. */
export function hochberg(pValues: PValues): (number | null)[] {
  return adjust(pValues, (sorted) => runningMinimum(sorted.map((p, rank) => p * (sorted.length - rank))));
}

/** Hommel's procedure (1988), by closing Simes' test; at least as powerful as Hochberg's. */
export function hommel(pValues: PValues): (number | null)[] {
  return adjust(pValues, (sorted) => {
    const count = sorted.length;
    const simes = Math.min(...sorted.map((p, rank) => (count * p) / (rank + 1)));
    let adjusted = sorted.map(() => simes);
    for (let size = count - 1; size >= 2; size--) {
      const low = sorted.slice(0, count - size + 1);
      const least = Math.min(...sorted.slice(count - size + 1).map((p, index) => (size * p) / (index + 2)));
      const closed = low.map((p) => Math.min(size * p, least));
      const last = closed.at(-1) ?? 1;
      adjusted = adjusted.map((each, rank) => Math.max(each, closed[rank] ?? last));
    }
    return adjusted.map((each, rank) => Math.max(each, sorted[rank] ?? 0));
  });
}

/** Benjamini & Hochberg (1995): controls the false discovery rate under independence. */
export function benjaminiHochberg(pValues: PValues): (number | null)[] {
  return adjust(pValues, stepUpRate);
}

/** Benjamini & Yekutieli (2001): the same under any dependence, at the price of the harmonic number. */
export function benjaminiYekutieli(pValues: PValues): (number | null)[] {
  return adjust(pValues, (sorted) => {
    const harmonic = sorted.reduce((sum, _p, rank) => sum + 1 / (rank + 1), 0);
    return stepUpRate(sorted.map((p) => p * harmonic));
  });
}

function stepUpRate(sorted: readonly number[]): number[] {
  return runningMinimum(sorted.map((p, rank) => (p * sorted.length) / (rank + 1)));
}

function adjust(pValues: PValues, ofSorted: (sorted: number[]) => number[]): (number | null)[] {
  const places = pValues.flatMap((p, place) => (p === null ? [] : [{ p, place }]));
  places.sort((first, second) => first.p - second.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  ofSorted(places.map(({ p }) => p)).forEach((p, rank) => {
    adjusted[places[rank]?.place ?? 0] = Math.min(1, p);
  });
  return adjusted;
}

function runningMaximum(values: readonly number[]): number[] {
  let most = 0;
  return values.map((value) => {
    most = Math.max(most, value);
    return most;
  });
}

function runningMinimum(values: readonly number[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  return values
    .map((_value, index) => {
      least = Math.min(least, values[values.length - 1 - index] ?? 1);
      return least;
    })
    .reverse();
}
