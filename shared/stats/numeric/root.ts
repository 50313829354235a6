/**
 * Where an increasing function crosses 0, to full working precision.
 *
 * @param low where it is at most 0
 * @param high where it is at least 0; doubled away from `low` until it is, up to 1e300
 */
export function increasingRoot(of: (x: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  while (of(to) < 0) {
    if (to - from > 1e300) throw new RangeError('there is no crossing');
    to = from + 2 * (to - from);
  }
  for (let step = 0; step < 200; step++) {
    const middle = (from + to) / 2;
    if (middle === from || middle === to) break;
    if (of(middle) < 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/** The smallest whole number from `first` on at which a condition holds that stays true once true. */
export function smallestWhole(condition: (n: number) => boolean, first = 1): number {
  let [from, to] = [first, first];
  while (!condition(to)) {
    from = to + 1;
    to = 2 * to + 1;
    if (to > Number.MAX_SAFE_INTEGER) throw new RangeError('no number is large enough');
  }
  return firstWhole(condition, to, from);
}

/** The smallest whole number in [first, end) at which a condition holds that stays true once true; `end` if none. */
export function firstWhole(condition: (n: number) => boolean, end: number, first = 0): number {
  let [from, to] = [first, end];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (condition(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
