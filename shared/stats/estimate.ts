/** No answer, and why: a reason a person can read. Never NaN, and never 0 or 1 by convention. */
export interface Undefined {
  readonly defined: false;
  readonly reason: string;
}

/** A number, or the reason why there is none. */
export type Estimate = { readonly defined: true; readonly value: number } | Undefined;

/** A result of several parts, or the reason why there is none. */
export type Outcome<Parts> = (Parts & { readonly defined: true }) | Undefined;

/** A stated interval: its ends, its level and how it was made. Ends are not clipped unless the method says so. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly method: string;
}

/** A number that exists. */
export function defined(value: number): Estimate {
  return { defined: true, value };
}

/** No number, and why; the reason is for people to read. */
export function undefinedBecause(reason: string): Undefined {
  return { defined: false, reason };
}
