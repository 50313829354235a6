/** Between which numbers a run of a judge may be told how to go about it. */

/** Requests under way at one time. */
export const CONCURRENCY = { least: 1, most: 256 } as const;

/** Seconds after which a request is given up. */
export const TIMEOUT_SECONDS = { least: 1, most: 3600 } as const;

/** Pairs that the first round of a judge chooses. */
export const ANCHOR_PAIRS = { least: 5, most: 5000 } as const;
