/** A number, or the reason why there is none. Never NaN, and never 0 or 1 by convention. */
export type Estimate =
  | { readonly defined: true; readonly value: number }
  | { readonly defined: false; readonly reason: string };

/** A stated interval: its ends, its level and how it was made. Ends are not clipped. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly method: string;
}

export function defined(value: number): Estimate {
  return { defined: true, value };
}

export function undefinedBecause(reason: string): Estimate {
  return { defined: false, reason };
}
