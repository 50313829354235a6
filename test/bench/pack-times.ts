/** When the first vote of the pack bench is given, and how long each takes. */
export const FIRST_VOTE_AT = Date.UTC(2026, 0, 1);
export const VOTE_MS = 20_000;
