/** How long somebody who left holds the place of a pair that was open. */
export const OPEN_PLACE_MS = 24 * 60 * 60 * 1000;
